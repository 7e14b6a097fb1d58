/** What the kinds of clips share: a small numbered clip with a tone, and what of it is expected. */

import { tone } from '../fixtures/fieldClips.ts';
import { type ClipOptions, h264, makeClip } from '../fixtures/media.ts';
import { range } from '../fixtures/prepareField.ts';
import type { ClipExpectation, ClipKind, ClipTools } from './kinds.ts';

export { tone } from '../fixtures/fieldClips.ts';
export { range } from '../fixtures/prepareField.ts';

export const RATE = 25;
/** A little over the shortest that is allowed. */
export const FRAMES = 80;

/** 480×360, 80 pictures at 25, a tone, H.264 and AAC, unless said otherwise. */
export const clip =
  (name: string, options: ClipOptions = {}) =>
  ({ ffmpeg, path }: ClipTools): Promise<string> =>
    makeClip(ffmpeg, path(name), { rate: String(RATE), frames: FRAMES, sounds: [tone], video: h264, ...options });

/** Every picture of the usual clip, encoded anew, with its sound. */
export const whole = (says: readonly string[], more: Partial<ClipExpectation> = {}): ClipExpectation => ({
  verdict: 'prepared',
  says,
  numbers: range(0, FRAMES),
  size: [480, 360],
  seconds: FRAMES / RATE,
  sound: true,
  ...more,
});

export const kind = (
  id: string,
  what: string,
  rest: Omit<ClipKind, 'group' | 'id' | 'what' | 'row'> & { row?: string },
): ClipKind => ({ group: 'clip', row: 'V0', ...rest, id: `clip-${id}`, what });
