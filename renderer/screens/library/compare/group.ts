/**
 * Drives several videos as one player: they are sought together, set out together when all of them are ready, and kept within a fraction
 * of a frame of the one that leads (the one that is heard, whose speed is never touched). A player of one is a group of one.
 */
import { createStore, type StoreApi } from 'zustand';
import type { FrameRate } from '../../../../shared/time/timecode.ts';
import type { PlayerControls } from '../../../state/trim/player.ts';
import { type ClipClock, clamp, toSeconds } from '../../../state/trim/trim.ts';
import { type Anchor, clockAt, isInside, type Lane } from './clock.ts';
import { createRunner, type Paint, type Runner } from './runner.ts';

export interface GroupState {
  /** Frames of the clock. */
  position: number;
  speed: number;
  isLooping: boolean;
  /** Set out, and still waiting for pictures. */
  isWaiting: boolean;
}

export interface GroupPlan {
  clock: ClipClock;
  lanes: Readonly<Record<string, Lane>>;
  /** Whose speed is never touched: the one that is heard, else the first. */
  leader: string | null;
}

export interface Group extends PlayerControls {
  store: StoreApi<GroupState>;
  /** Lanes and lengths as they are now; pictures move to where they belong. */
  setPlan(plan: GroupPlan): void;
  /** A video joins; the answer takes it out again. */
  attach(id: string, video: HTMLVideoElement): () => void;
  /** Told once per video whose frames have a rate of their own. */
  onRate: (id: string, rate: FrameRate) => void;
  dispose(): void;
}

/** How much of an error of the leader's single paint is believed: paints fall on the beat of the screen, not of the film. */
const trust = 0.15;
const believedSeconds = 0.12;

const emptyLane: Lane = { startSeconds: 0, lengthSeconds: 0, offsetSeconds: 0 };

export function createGroup(first: GroupPlan, isLooping = true): Group {
  const store = createStore<GroupState>(() => ({ position: 0, speed: 0, isLooping, isWaiting: false }));
  const runners = new Map<string, Runner>();
  let plan = first;
  let anchor: Anchor = { atMs: 0, seconds: 0, speed: 0 };
  let frame = 0;
  /** Each new wish makes the older ones void. */
  let wish = 0;

  const frameSeconds = () => plan.clock.rate.den / plan.clock.rate.num;
  const last = () => Math.max(0, plan.clock.length - 1);
  const each = (run: (runner: Runner, id: string) => void) => runners.forEach(run);
  const show = (position: number) => {
    const next = clamp(position, 0, last());
    if (store.getState().position !== next) store.setState({ position: next });
  };
  /** A frame is addressed by its middle, so that rounding never shows its neighbour. */
  const secondsOf = (position: number) => toSeconds(plan.clock, position + 0.5);
  const leading = () => {
    const wanted = plan.leader === null ? undefined : runners.get(plan.leader);
    return wanted ?? [...runners.values()][0];
  };

  const seek = (position: number) => {
    show(position);
    const seconds = secondsOf(store.getState().position);
    anchor = { atMs: performance.now(), seconds, speed: 0 };
    each((runner) => runner.seek(seconds));
  };

  const halt = () => {
    wish += 1;
    cancelAnimationFrame(frame);
    anchor = { ...anchor, speed: 0 };
    each((runner) => runner.pause());
  };
  const stop = () => {
    halt();
    store.setState({ speed: 0, isWaiting: false });
  };

  const whenReady = createReadiness(runners);
  /** From where it stands, when every picture is there. */
  const setOut = (speed: number) => {
    halt();
    const own = wish;
    store.setState({ speed, isWaiting: true });
    void whenReady().then(() => {
      if (own !== wish) return;
      store.setState({ isWaiting: false });
      const seconds = secondsOf(store.getState().position);
      anchor = { atMs: performance.now(), seconds, speed };
      each((runner) => {
        runner.lead(speed);
        runner.follow(seconds, speed);
      });
      frame = requestAnimationFrame(tick);
    });
  };

  const atEnd = () => {
    const { speed, isLooping: goesOn } = store.getState();
    if (goesOn) {
      halt();
      seek(0);
      setOut(speed);
    } else {
      stop();
      seek(last());
    }
  };

  const tick = (now: number) => {
    const { speed } = store.getState();
    if (anchor.speed <= 0) return;
    frame = requestAnimationFrame(tick);
    const seconds = clockAt(anchor, now);
    if (seconds >= toSeconds(plan.clock, plan.clock.length)) {
      atEnd();
      return;
    }
    each((runner) => runner.follow(seconds, speed));
    // Nothing leads where its picture has ended: the clock itself is shown.
    const leader = leading();
    if (!leader || leader.video.paused) show(Math.floor(seconds / frameSeconds() + 1e-6));
  };

  const onPaint = (id: string, paint: Paint) => {
    const runner = runners.get(id);
    if (!runner || anchor.speed <= 0) return;
    const { speed } = store.getState();
    // The first frame of a picture that waits for its turn says nothing of the clock.
    if (runner.video.paused || !isInside(laneOf(id), paint.seconds + frameSeconds() / 2)) return;
    const error = paint.seconds + frameSeconds() / 2 - clockAt(anchor, paint.atMs);
    if (runner !== leading()) {
      runner.correct({ ...paint, seconds: paint.seconds + frameSeconds() / 2 }, clockAt(anchor, paint.atMs), speed);
      return;
    }
    const share = Math.abs(error) > believedSeconds ? 1 : trust;
    anchor = { ...anchor, seconds: anchor.seconds + error * share };
    show(Math.round(paint.seconds / frameSeconds()));
  };

  const laneOf = (id: string) => plan.lanes[id] ?? emptyLane;

  const playBackwards = (speed: number) => {
    halt();
    store.setState({ speed, isWaiting: false });
    const from = store.getState().position;
    const startedMs = performance.now();
    const turn = (now: number) => {
      const wanted = from + ((now - startedMs) / 1000 / frameSeconds()) * speed;
      if (wanted <= 0) {
        stop();
        seek(0);
        return;
      }
      // One seek at a time: asking faster than pictures are decoded would show none at all.
      if (![...runners.values()].some(({ video }) => video.seeking)) seek(Math.round(wanted));
      frame = requestAnimationFrame(turn);
    };
    frame = requestAnimationFrame(turn);
  };

  const play = (speed: number) => {
    if (speed === 0) stop();
    else if (speed < 0) playBackwards(speed);
    else {
      if (store.getState().position >= last()) seek(0);
      setOut(speed);
    }
  };

  const scrubTo = createScrub(runners, seek);
  const goOn = (move: () => void) => {
    const { speed } = store.getState();
    if (speed < 0) stop();
    else halt();
    move();
    if (speed > 0) setOut(speed);
  };

  const group: Group = {
    store,
    onRate: () => undefined,
    setPlan(next) {
      const before = plan;
      const seconds = toSeconds(before.clock, store.getState().position);
      plan = next;
      if (next.leader !== before.leader) leading()?.lead(store.getState().speed || 1);
      const isMoved = JSON.stringify([before.clock, before.lanes]) !== JSON.stringify([next.clock, next.lanes]);
      if (isMoved && runners.size > 0) goOn(() => seek(Math.round(seconds / frameSeconds())));
    },
    attach(id, video) {
      const runner = createRunner(video, {
        lane: () => laneOf(id),
        frameSeconds,
        onPaint: (paint) => onPaint(id, paint),
        onStarved: () => {
          const { speed } = store.getState();
          if (speed > 0) goOn(() => seek(store.getState().position));
        },
        onRate: (rate) => group.onRate(id, rate),
      });
      runners.set(id, runner);
      // What has no picture yet goes to its place when it has one.
      const place = () => runner.seek(secondsOf(store.getState().position));
      if (video.readyState >= HTMLMediaElement.HAVE_METADATA) place();
      video.addEventListener('loadedmetadata', place);
      return () => {
        video.removeEventListener('loadedmetadata', place);
        runner.dispose();
        runners.delete(id);
      };
    },
    seek: (position) => goOn(() => seek(position)),
    scrub: (position) => {
      if (store.getState().speed !== 0) stop();
      show(position);
      scrubTo(position);
    },
    step: (frames) => {
      stop();
      seek(store.getState().position + frames);
    },
    play,
    toggle: () => (store.getState().speed === 0 ? play(1) : stop()),
    dispose() {
      halt();
      each((runner) => runner.dispose());
      runners.clear();
    },
  };
  return group;
}

const readinessEvents = ['seeked', 'canplay', 'loadeddata', 'error', 'emptied'] as const;

/** Resolves when every video stands where it was sent and has what follows; at once where all of them do. */
function createReadiness(runners: ReadonlyMap<string, Runner>): () => Promise<void> {
  return () =>
    new Promise((resolve) => {
      const watched = [...runners.values()].map(({ video }) => video);
      const look = () => {
        if ([...runners.values()].some((runner) => !runner.isReady())) return;
        for (const video of watched) for (const event of readinessEvents) video.removeEventListener(event, look);
        resolve();
      };
      for (const video of watched) for (const event of readinessEvents) video.addEventListener(event, look);
      look();
    });
}

/** Seeks for a pointer on the move: one at a time, the newest wins and always comes. */
function createScrub(runners: ReadonlyMap<string, Runner>, seek: (position: number) => void) {
  let wanted: number | null = null;
  let isGoing = false;
  const go = () => {
    if (wanted === null) {
      isGoing = false;
      return;
    }
    isGoing = true;
    if (![...runners.values()].some(({ video }) => video.seeking)) {
      seek(wanted);
      wanted = null;
    }
    requestAnimationFrame(go);
  };
  return (position: number) => {
    wanted = position;
    if (!isGoing) go();
  };
}
