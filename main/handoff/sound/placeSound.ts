/** Compares a result with its reference where the result has sound, and says where the reference's own sound belongs. */
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { chosenAudio } from '../../media/facts/videoFacts.ts';
import type { Encoder } from '../../media/tools.ts';
import { chooseOffset, needsPictures, type Placed } from './chooseOffset.ts';
import { type PictureLag, pictureLag } from './pictureLag.ts';
import { listenTo, watch } from './readTracks.ts';
import { LEAD_SECONDS, REACH_SECONDS, type SoundLag, soundLag } from './soundLag.ts';

/** What the result was made from: the reference itself, or the clip that was prepared of it and sent. */
export interface Original {
  kind: 'original' | 'prepared';
  path: string;
  facts: VideoFacts;
  /** The ordered in point on the file's own clock. */
  inSeconds: number;
  track: VideoFacts['audio'][number];
}

export interface PlaceOptions {
  encoder: Encoder;
  result: { path: string; facts: VideoFacts };
  original: Original;
  /** The original's stretch as `takeSound` wrote it. */
  taken: string;
  signal: AbortSignal;
}

async function compareSound({ encoder, result, original, taken, signal }: PlaceOptions): Promise<SoundLag | null> {
  const track = chosenAudio(result.facts);
  if (!track) return null;
  const { startSeconds, durationSeconds } = result.facts;
  const from = original.inSeconds;
  const source = { fromSeconds: from - LEAD_SECONDS, toSeconds: from + durationSeconds + LEAD_SECONDS };
  const made = { fromSeconds: startSeconds, toSeconds: startSeconds + durationSeconds };
  const [heard, own] = await Promise.all([
    listenTo({ encoder, path: taken, track: 0, stretch: source, signal }),
    listenTo({ encoder, path: result.path, track: track.index, stretch: made, signal }),
  ]);
  return soundLag(heard, own);
}

async function comparePictures({ encoder, result, original, signal }: PlaceOptions): Promise<PictureLag | null> {
  const rate = result.facts.frameRate;
  const { startSeconds, durationSeconds } = result.facts;
  const perSecond = rate.num / rate.den;
  // A reference that begins at its in point has nothing before it.
  const room = Math.max(0, original.inSeconds - original.facts.startSeconds);
  const leadFrames = Math.floor(Math.min(LEAD_SECONDS, room) * perSecond);
  const fromSeconds = original.inSeconds - leadFrames / perSecond;
  const toSeconds = original.inSeconds + durationSeconds + LEAD_SECONDS;
  const made = { fromSeconds: startSeconds, toSeconds: startSeconds + durationSeconds };
  const source = { fromSeconds, toSeconds };
  const [seen, own] = await Promise.all([
    watch({ encoder, path: original.path, facts: original.facts, rate, stretch: source, signal }),
    watch({ encoder, path: result.path, facts: result.facts, rate, stretch: made, signal }),
  ]);
  return pictureLag(seen, own, { leadFrames, mostFrames: Math.ceil(REACH_SECONDS * perSecond) });
}

/** `seconds`: how much later than by the trim the original's sound begins. `soundSeconds`: how far the result's own sound lies off. */
export async function placeSound(options: PlaceOptions): Promise<Placed & { soundSeconds: number | null }> {
  const { frameRate } = options.result.facts;
  const frameSeconds = frameRate.den / frameRate.num;
  const sound = await compareSound(options);
  const picture = needsPictures(sound, frameSeconds) ? await comparePictures(options) : null;
  return { ...chooseOffset(sound, picture, frameSeconds), soundSeconds: sound?.seconds ?? null };
}
