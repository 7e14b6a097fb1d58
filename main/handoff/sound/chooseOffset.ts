/**
 * Where the reference's own sound is put under a result. The order's trim says where it belongs. Where the result has sound, that sound
 * tells whether all of it came later; its pictures tell whether they came later too, or whether the sound alone was moved. Pure.
 */
import type { SoundPlace } from '../../../shared/contract/conform.ts';
import type { PictureLag } from './pictureLag.ts';
import type { SoundLag } from './soundLag.ts';

export type Placed = Pick<SoundPlace, 'by' | 'confidence'> & { seconds: number };

/** Sound and picture that part by less than this many pictures say the same. */
const SAME_FRAMES = 0.5;

/** Whether the pictures have to be looked at: a shift of less than half a picture is nobody's to see. */
export const needsPictures = (sound: SoundLag | null, frameSeconds: number): boolean =>
  sound !== null && Math.abs(sound.seconds) >= SAME_FRAMES * frameSeconds;

export function chooseOffset(sound: SoundLag | null, picture: PictureLag | null, frameSeconds: number): Placed {
  if (!sound) return { seconds: 0, by: 'trim', confidence: null };
  const bySound: Placed = { seconds: sound.seconds, by: 'sound', confidence: sound.confidence };
  if (!needsPictures(sound, frameSeconds) || !picture) return bySound;
  const shown = picture.frames * frameSeconds;
  if (Math.abs(sound.seconds - shown) <= SAME_FRAMES * frameSeconds) return bySound;
  // The result's sound lies beside its pictures: the pictures are what the sound has to fit.
  const seconds = Math.abs(picture.frames) <= SAME_FRAMES ? 0 : shown;
  return { seconds, by: 'picture', confidence: picture.confidence };
}
