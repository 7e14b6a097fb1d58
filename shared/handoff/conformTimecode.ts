/** The timecode that a copy starts with: that of the reference at the ordered in point, in the copy's own rate. Pure. */
import {
  type FrameRate,
  framesToTimecode,
  isDropFrameRate,
  nominalRate,
  rateToNumber,
  timecodeToFrames,
} from '../time/timecode.ts';

export interface ConformTimecode {
  text: string;
  /** The reference counts otherwise: the same time of day, in the copy's rate. */
  isConverted: boolean;
}

const DAY_SECONDS = 86_400;

/** Labels of a day; with drop-frame some are left out. */
function framesPerDay(rate: FrameRate, isDrop: boolean): number {
  const nominal = nominalRate(rate);
  return DAY_SECONDS * nominal - (isDrop ? (nominal === 60 ? 4 : 2) * (24 * 60 - 24 * 6) : 0);
}

/** Cameras write drop-frame with `;`, some files with `.`, and cut the leading zeros. */
const tidy = (timecode: string) => timecode.trim().replace(/[;.](\d{2,3})$/, ';$1');

/**
 * `inFrame`: pictures of the source before the in point. Null: the source's timecode is none of its rate (then nothing is made up).
 * Where both rates count the same labels (23.976 and 24) the label stays; drop-frame stays where the copy's rate has it.
 */
export function timecodeAtIn(
  source: { timecode: string; rate: FrameRate },
  inFrame: number,
  rate: FrameRate,
): ConformTimecode | null {
  const text = tidy(source.timecode);
  const start = timecodeToFrames(text, source.rate);
  if (start === null) return null;
  const isDrop = text.includes(';');
  const frame = (start + inFrame) % framesPerDay(source.rate, isDrop);
  const hasSameLabels = nominalRate(source.rate) === nominalRate(rate);
  if (hasSameLabels && (!isDrop || isDropFrameRate(rate))) {
    return { text: framesToTimecode(frame, rate, { dropFrame: isDrop }), isConverted: false };
  }
  // By the label's own time of day: drop-frame labels follow the clock, the others count whole seconds.
  const labelSeconds = isDrop ? frame / rateToNumber(source.rate) : frame / nominalRate(source.rate);
  const keepsDrop = isDrop && isDropFrameRate(rate);
  const perSecond = keepsDrop ? rateToNumber(rate) : nominalRate(rate);
  const converted = Math.round(labelSeconds * perSecond) % framesPerDay(rate, keepsDrop);
  return { text: framesToTimecode(converted, rate, { dropFrame: keepsDrop }), isConverted: true };
}
