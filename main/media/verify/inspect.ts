/** Holds what was prepared against its source before it counts: pictures by content, sound by length and onset. */
import { z } from 'zod';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { rateToNumber } from '../../../shared/time/timecode.ts';
import { readSourceSound } from '../facts/sourceSound.ts';
import { type DecodeOptions, decodePictures, decodeSound } from '../prepare/madeFile.ts';
import { chooseLooks, judgeLook, type Look, type LookResult, NEIGHBOURS, type SmallPicture } from './lookPlan.ts';
import { readSourcePictures, type SmallShape, type SourceOptions, smallShape } from './lookSource.ts';
import { CHECK_RATE, judgeSound, type SoundResult } from './soundCheck.ts';

/** A copy or an encode that is not what the plan promised, and what of it is not. */
export class NotAsPlanned extends Error {
  readonly about: 'file' | 'content' | 'sound';
  /** The picture of the result that shows something else. */
  readonly frame: number | undefined;
  constructor(message: string, about: NotAsPlanned['about'] = 'file', frame?: number) {
    super(message);
    this.about = about;
    this.frame = frame;
  }
}

/** What was told and what could not be, kept beside the file. */
export const inspectionSchema = z.object({
  pictures: z.object({
    /** Compared with the source, and nearest of their neighbours there. */
    told: z.number().int(),
    /** Compared, but their neighbours look the same: nobody could tell one from the other. */
    still: z.number().int(),
    /** The source's picture could not be had again. */
    absent: z.number().int(),
  }),
  /** `told`: begins when the source's does. Null: none. */
  sound: z.enum(['told', 'steady', 'silent']).nullable(),
  /** How much later than the picture the sound ends; negative: earlier, as only a clip that goes as it is may. Null: no sound. */
  soundOverSeconds: z.number().nullable().default(null),
});
export type Inspection = z.infer<typeof inspectionSchema>;

/** Where among `pictures` the one lies that the source shows at a look; -1: not there. */
function placeOf(look: Look, pictures: readonly SmallPicture[], facts: VideoFacts): number {
  if (facts.isStampedByOrder) return pictures.findIndex(({ number }) => number === look.sourceFrame);
  const step = 1 / rateToNumber(facts.frameRate);
  // Constant clips: the nearest. Variable ones: what is on screen, with a hair for stamps that were rounded.
  const until = look.seconds + (facts.isConstantRate ? step / 2 : 0.0015);
  const place = pictures.findLastIndex(({ seconds }) => seconds <= until);
  const found = pictures[place];
  const isNear = found !== undefined && (!facts.isConstantRate || look.seconds - found.seconds <= step / 2 + 1e-6);
  return isNear ? place : -1;
}

function judgeAll(
  looks: readonly Look[],
  made: readonly Uint8Array[],
  pictures: readonly SmallPicture[],
  facts: VideoFacts,
  shape: SmallShape,
): LookResult[] {
  return looks.map((look) => {
    const place = placeOf(look, pictures, facts);
    const from = Math.max(0, place - NEIGHBOURS);
    const around = place < 0 ? [] : pictures.slice(from, place + NEIGHBOURS + 1);
    return judgeLook(look.frame, made[look.frame] ?? new Uint8Array(0), around, place - from, shape);
  });
}

export interface InspectOptions extends SourceOptions {
  path: string;
  changeSeconds: readonly number[];
  /** The source itself, as it is: it needs no second look. */
  isSource: boolean;
}

interface Held {
  looks: readonly Look[];
  made: readonly Uint8Array[];
  /** The source's, as a hurried look found them. */
  hurried: readonly SmallPicture[];
  shape: SmallShape;
}

async function comparePictures(options: InspectOptions, { looks, made, hurried, shape }: Held) {
  const judge = (pictures: readonly SmallPicture[]) => judgeAll(looks, made, pictures, options.facts, shape);
  let results = judge(hurried);
  // A hurried seek may itself have been wrong: nothing is called wrong before the source was read with patience.
  if (results.some(({ state }) => state === 'wrong' || state === 'absent')) {
    results = judge(await readSourcePictures(options, shape, looks, true));
  }
  const wrong = results.find(({ state }) => state === 'wrong');
  if (wrong) {
    const what = wrong.isColor ? 'other colours' : `${wrong.own} from its own, ${wrong.other} from a neighbour`;
    throw new NotAsPlanned(`picture ${wrong.frame}: ${what}`, 'content', wrong.frame);
  }
  const count = (state: LookResult['state']) => results.filter((result) => result.state === state).length;
  return { told: count('told'), still: count('still'), absent: count('absent') };
}

async function listen(options: InspectOptions, decode: DecodeOptions): Promise<SoundResult | null> {
  const { plan } = options;
  if (!plan.output.hasAudio) return null;
  const [made, source] = await Promise.all([decodeSound(decode), options.isSource ? null : readSourceSound(options)]);
  if (made.complaints !== '') throw new NotAsPlanned(made.complaints, 'sound');
  if (source === 'damaged') throw new NotAsPlanned('the source’s sound does not decode', 'sound');
  const seconds = made.samples.length / CHECK_RATE;
  if (options.isSource) return { state: 'told', problem: '', seconds, shiftSeconds: 0 };
  const result = judgeSound(made.samples, source, plan.output.durationSeconds);
  if (result.state === 'wrong') throw new NotAsPlanned(result.problem, 'sound');
  return result;
}

const asMismatch = (about: NotAsPlanned['about']) => (error: unknown) => {
  if (error instanceof RestageError && error.code === 'toolFailed') throw new NotAsPlanned(error.message, about);
  throw error;
};

/** Throws NotAsPlanned; otherwise says what was told and what could not be. */
export async function inspectMade(options: InspectOptions): Promise<Inspection> {
  const { encoder, path, plan, signal, facts, isSource } = options;
  const { frameCount } = plan.output;
  const shape = smallShape(facts, plan);
  const decode = { encoder, path, frameCount, signal };
  const looks = isSource ? [] : chooseLooks(facts, plan, options.changeSeconds);
  // Side by side: each of them leaves a core idle now and then.
  const work = [
    decodePictures(decode, shape).catch(asMismatch('file')),
    listen(options, decode).catch(asMismatch('sound')),
    readSourcePictures(options, shape, looks).catch(asMismatch('content')),
  ] as const;
  // All of them have ended before anything is thrown: nothing runs on behind an answer.
  await Promise.allSettled(work);
  const [{ pictures: made, complaints }, sound, hurried] = await Promise.all(work);
  if (complaints !== '') throw new NotAsPlanned(complaints);
  if (made.length !== frameCount) throw new NotAsPlanned(`decoded ${made.length} of ${frameCount}`);
  const pictures = await comparePictures(options, { looks, made, hurried, shape }).catch(asMismatch('content'));
  const state = sound === null || sound.state === 'wrong' ? null : sound.state;
  const soundOverSeconds = sound === null ? null : Number((sound.seconds - plan.output.durationSeconds).toFixed(3));
  return { pictures, sound: state, soundOverSeconds };
}
