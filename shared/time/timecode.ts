/**
 * Frames, seconds and timecode. A rate is a fraction; a trim is half-open [from, to): the out point is the first frame not used.
 * Drop-frame (29.97, 59.94) skips labels, never frames: SMPTE ST 12-1.
 */
export interface FrameRate {
  num: number;
  den: number;
}

const EPSILON_FRAMES = 1e-4;

export function rateToNumber(rate: FrameRate): number {
  return rate.num / rate.den;
}

export function framesToSeconds(frames: number, rate: FrameRate): number {
  return (frames * rate.den) / rate.num;
}

/** The frame that is on screen at `seconds`. */
export function frameAt(seconds: number, rate: FrameRate): number {
  return Math.floor((seconds * rate.num) / rate.den + EPSILON_FRAMES);
}

/** The largest count of frames that does not last longer than `seconds` ("10 s" at 29.97 is 299). */
export function framesWithin(seconds: number, rate: FrameRate): number {
  return Math.floor((seconds * rate.num) / rate.den + EPSILON_FRAMES);
}

/** The smallest count of frames that lasts at least `seconds` ("3 s" at 29.97 is 90). */
export function framesCovering(seconds: number, rate: FrameRate): number {
  return Math.ceil((seconds * rate.num) / rate.den - EPSILON_FRAMES);
}

/** Whether labels are dropped at this rate: the NTSC rates of 30 and 60. */
export function isDropFrameRate(rate: FrameRate): boolean {
  const fps = rateToNumber(rate);
  return Math.abs(fps - 30000 / 1001) < 0.005 || Math.abs(fps - 60000 / 1001) < 0.005;
}

/** Labels per second: 24 for 23.976, 30 for 29.97. */
export function nominalRate(rate: FrameRate): number {
  return Math.max(1, Math.round(rateToNumber(rate)));
}

export function framesToTimecode(frame: number, rate: FrameRate, options: { dropFrame?: boolean } = {}): string {
  const nominal = nominalRate(rate);
  const drop = options.dropFrame ?? false;
  let n = Math.max(0, Math.floor(frame));
  if (drop) {
    const dropped = nominal === 60 ? 4 : 2;
    const perTenMinutes = nominal * 600 - dropped * 9;
    const perMinute = nominal * 60 - dropped;
    const tens = Math.floor(n / perTenMinutes);
    const rest = n % perTenMinutes;
    n +=
      dropped * 9 * tens + (rest >= nominal * 60 ? dropped * (1 + Math.floor((rest - nominal * 60) / perMinute)) : 0);
  }
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor(n / nominal);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${drop ? ';' : ':'}${two(n % nominal)}`;
}

/** `HH:MM:SS:FF` (`;` before FF: drop-frame) → frame, or null when it is no timecode of this rate (FF too large, a dropped label). */
export function timecodeToFrames(text: string, rate: FrameRate): number | null {
  const match = /^(\d{1,2}):([0-5]\d):([0-5]\d)([:;.])(\d{2,3})$/.exec(text.trim());
  if (!match) return null;
  const [hours, minutes, seconds, frames] = [match[1], match[2], match[3], match[5]].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const nominal = nominalRate(rate);
  if (frames >= nominal) return null;
  const labels = (hours * 3600 + minutes * 60 + seconds) * nominal + frames;
  if (match[4] !== ';') return labels;
  if (!isDropFrameRate(rate)) return null;
  const dropped = nominal === 60 ? 4 : 2;
  if (seconds === 0 && frames < dropped && minutes % 10 !== 0) return null;
  const totalMinutes = hours * 60 + minutes;
  return labels - dropped * (totalMinutes - Math.floor(totalMinutes / 10));
}
