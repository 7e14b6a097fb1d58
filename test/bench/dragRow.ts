/** A handle dragged over a ten-minute 4K clip beside the same drag over an empty timeline, in turn, and what the frames took. */
import { type Drag, traceDrag } from './drag.ts';
import type { Editor } from './editorPage.ts';
import { median, type Row, round } from './measure.ts';

const pairs = 4;
const mostTimes = 1.5;
/** Fewer were not drawn slowly, they were not recorded. */
const fewestFrames = 10;

export async function dragRow(editor: Editor): Promise<Row> {
  const [full, empty]: [Drag[], Drag[]] = [[], []];
  for (let pair = 0; pair < pairs; pair += 1) {
    const isEmptyFirst = pair % 2 === 1;
    for (const isEmpty of [isEmptyFirst, !isEmptyFirst]) {
      const drag = await traceDrag(editor, { isEmpty });
      ensureContent(drag, isEmpty);
      (isEmpty ? empty : full).push(drag);
    }
  }
  const [ours, peer] = [summary(full), summary(empty)];
  const ratio = ours.p95Ms / peer.p95Ms;
  const within = full.flatMap(({ frameMs }) => frameMs).filter((ms) => ms <= mostTimes * peer.p95Ms).length;
  const share = within / Math.max(1, full.flatMap(({ frameMs }) => frameMs).length);
  return {
    what: `out point dragged for 5 s over a 10-minute 4K clip, beside the same over an empty timeline; ${pairs} pairs, each drag in a new browser, all frames`,
    bar: `95 % of frames within ${mostTimes}x of the empty timeline's`,
    seen:
      `95 % within ${round(ours.p95Ms, 1)} ms, empty ${round(peer.p95Ms, 1)} ms: ${round(ratio)}x; median frame ` +
      `${round(ours.medianMs, 1)} ms, empty ${round(peer.medianMs, 1)} ms; ${round(ours.framesPerDrag, 0)} frames in a drag, ` +
      `empty ${round(peer.framesPerDrag, 0)}; main thread ${round(ours.mainMs, 1)} ms a frame, empty ${round(peer.mainMs, 1)} ms`,
    holds: ratio <= mostTimes,
    numbers: {
      p95Ms: round(ours.p95Ms),
      emptyP95Ms: round(peer.p95Ms),
      ratio: round(ratio, 3),
      shareWithin: round(share, 4),
      medianMs: round(ours.medianMs),
      emptyMedianMs: round(peer.medianMs),
      framesPerDrag: round(ours.framesPerDrag, 1),
      emptyFramesPerDrag: round(peer.framesPerDrag, 1),
      mainMsPerFrame: round(ours.mainMs),
      emptyMainMsPerFrame: round(peer.mainMs),
    },
  };
}

/** A peer that is not empty, or a timeline without its pictures, would measure nothing. */
function ensureContent({ content, frameMs }: Drag, isEmpty: boolean): void {
  if (frameMs.length < fewestFrames) throw new Error(`the trace of five seconds holds ${frameMs.length} frames`);
  const { pictures, cuts, isLoud } = content;
  const isRight = isEmpty ? pictures + cuts === 0 && !isLoud : pictures > 0 && cuts > 0 && isLoud;
  if (!isRight) throw new Error(`the ${isEmpty ? 'empty' : 'filled'} timeline shows ${JSON.stringify(content)}`);
}

function summary(drags: readonly Drag[]) {
  const all = drags.flatMap(({ frameMs }) => frameMs).sort((a, b) => a - b);
  return {
    medianMs: median(all),
    p95Ms: all[Math.ceil(all.length * 0.95) - 1] ?? Number.NaN,
    framesPerDrag: all.length / drags.length,
    mainMs: median(drags.map(({ mainMsPerFrame }) => mainMsPerFrame)),
  };
}
