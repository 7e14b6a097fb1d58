/** What the keys do on the Create screen. */
import { useCommandKeys } from '../../keys/useKeys.ts';
import { useDraftStore } from '../../state/order/draftStore.ts';
import { toggleBeatSnap } from '../../state/trim/beats.ts';
import { nextSpeed, type PlayerControls, toggleTool, usePlayerStore } from '../../state/trim/player.ts';
import { type Cut, neighbourCut } from '../../state/trim/shots.ts';
import { markIn, markOut, stepOf, toTicks } from '../../state/trim/trim.ts';
import { type Clip, useClip } from '../../state/trim/useClip.ts';
import { useShots } from '../../state/trim/useShots.ts';

interface Actions {
  generate: () => void;
  prepare: () => void;
}

export function useCreateKeys({ generate, prepare }: Actions): void {
  const clip = useClip();
  const { cuts } = useShots(clip);
  const { undo, redo } = useDraftStore.getState();
  useCommandKeys({ generate, prepare, undo, redo, ...(clip ? clipKeys(clip, cuts) : {}) });
}

/** Without a picture that can move they are left to the page. */
function clipKeys(clip: Clip, cuts: readonly Cut[]) {
  const { clock, range, maxSeconds, setRange } = clip;
  const at = () => ({ at: usePlayerStore.getState().position, maxSeconds });
  const withPlayer = (run: (controls: PlayerControls) => void) => () => {
    const { controls } = usePlayerStore.getState();
    if (!controls) return false;
    run(controls);
    return true;
  };
  const shuttle = (direction: 1 | -1) =>
    withPlayer((controls) => controls.play(nextSpeed(usePlayerStore.getState().speed, direction)));
  const step = (frames: number) => withPlayer((controls) => controls.step(frames));
  const bySeconds = (seconds: number) =>
    withPlayer((controls) => controls.seek(usePlayerStore.getState().position + toTicks(clock, seconds)));
  const toCut = (direction: 1 | -1) =>
    withPlayer((controls) =>
      controls.seek(neighbourCut(clock, cuts, { at: usePlayerStore.getState().position, direction })),
    );
  const seek = (position: number) => withPlayer((controls) => controls.seek(position));
  return {
    playPause: withPlayer((controls) => controls.toggle()),
    reverse: shuttle(-1),
    stop: withPlayer((controls) => controls.play(0)),
    forward: shuttle(1),
    frameBack: step(-1),
    frameForward: step(1),
    fiveBack: step(-5),
    fiveForward: step(5),
    tenBack: step(-10),
    tenForward: step(10),
    secondBack: bySeconds(-1),
    secondForward: bySeconds(1),
    previousCut: toCut(-1),
    nextCut: toCut(1),
    toStart: seek(0),
    toEnd: seek(clock.length - stepOf(clock)),
    goTo: () => usePlayerStore.setState({ isGoToOpen: true }),
    loop: () => usePlayerStore.setState(({ isLooping }) => ({ isLooping: !isLooping })),
    snapBeats: toggleBeatSnap,
    crop: () => toggleTool('crop'),
    framing: () => toggleTool('framing'),
    markIn: withPlayer(() => setRange(markIn(clock, range, at()))),
    markOut: withPlayer(() => setRange(markOut(clock, range, at()))),
    goIn: seek(range.from),
    goOut: seek(range.to - stepOf(clock)),
    zoomIn: () => usePlayerStore.getState().timeline?.zoom(0.5),
    zoomOut: () => usePlayerStore.getState().timeline?.zoom(2),
    zoomFit: () => usePlayerStore.getState().timeline?.showAll(),
  };
}
