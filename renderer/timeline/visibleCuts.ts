/** Which cuts are drawn at this zoom. Pure. */
import type { Cut } from '../state/trim/shots.ts';
import type { View } from '../state/trim/view.ts';

/** Closer than this two marks would read as one: the surer one stays. */
const minGapPx = 4;

export function visibleCuts(cuts: readonly Cut[], view: View, width: number): Cut[] {
  const gap = width > 0 ? ((view.end - view.start) / width) * minGapPx : 0;
  const shown: Cut[] = [];
  for (const cut of cuts) {
    if (cut.at < view.start || cut.at > view.end) continue;
    const last = shown.at(-1);
    if (!last || cut.at - last.at >= gap) shown.push(cut);
    else if (cut.confidence > last.confidence) shown[shown.length - 1] = cut;
  }
  return shown;
}
