/** Reads a copy again before it gets its name: codec, tag, rate, length, colours, timecode, every picture decoded, the sound in its place. */
import { z } from 'zod';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { conformPresets } from '../../../shared/handoff/conformPresets.ts';
import { isSameRate } from '../../../shared/handoff/conformRate.ts';
import { fileUrl, inputGuard, runPipe, runText } from '../../media/ffmpeg.ts';
import type { Encoder } from '../../media/tools.ts';
import { createPictureSplitter } from '../../media/verify/lookSource.ts';
import { judgeSound } from '../../media/verify/soundCheck.ts';
import { listenTo } from '../sound/readTracks.ts';
import type { CopyPlan } from './planCopy.ts';

/** One tick of the coarsest clock that a container of ours has, and a little. */
const STAMP_SECONDS = 0.002;
const SOUND_SECONDS = 0.05;

const probeSchema = z.object({
  streams: z.array(
    z.object({
      codec_type: z.string().optional(),
      codec_tag_string: z.string().optional(),
      profile: z.string().optional(),
      tags: z.record(z.string(), z.string()).optional(),
    }),
  ),
  format: z.object({ tags: z.record(z.string(), z.string()).optional() }).optional(),
});

export interface VerifyOptions {
  encoder: Encoder;
  ffprobe: string;
  /** The staged copy, and its facts. */
  path: string;
  made: VideoFacts;
  /** The result it was made of. */
  master: { path: string; facts: VideoFacts };
  plan: CopyPlan;
  hasSound: boolean;
  /** What should be heard, mono at LISTEN_RATE from the first picture on; null: it was played faster or slower. */
  expected: Int16Array | null;
  signal: AbortSignal;
}

function wrong(what: string, found: string | number, wanted: string | number): RestageError {
  const params = { what, found, wanted };
  return new RestageError('toolFailed', {
    reasons: [{ field: 'preset', rule: 'conform.notAsPlanned', params }],
    detail: `${what}: ${found} in place of ${wanted}`,
  });
}

async function probe({ ffprobe, path, signal }: VerifyOptions) {
  const args = ['-v', 'error', ...inputGuard, '-of', 'json', '-show_streams', '-show_format', fileUrl(path)];
  const { stdout } = await runText({ command: ffprobe, args, signal, deadlineMs: 60_000 });
  const { success, data } = probeSchema.safeParse(JSON.parse(stdout === '' ? 'null' : stdout));
  if (!success) throw wrong('container', 'unreadable', 'readable');
  return data;
}

const asText = (rate: { num: number; den: number }) => `${rate.num}/${rate.den}`;

type Check = [what: string, found: string | number, wanted: string | number, isRight?: boolean];

function factChecks({ made, plan, hasSound }: VerifyOptions): Check[] {
  const preset = conformPresets[plan.options.preset];
  const { color } = plan;
  const isRate = made.isConstantRate && isSameRate(made.frameRate, plan.frameRate);
  const sounds = made.audio.length;
  // AAC fills its last packet with silence; PCM has what it was given.
  const heard = made.audio[0]?.durationSeconds ?? plan.seconds;
  return [
    ['codec', made.codec, preset.codec],
    ['pixels', made.pixelFormat, preset.pixelFormat],
    ['width', made.width, plan.width],
    ['height', made.height, plan.height],
    ['frames', made.frameCount ?? -1, plan.frameCount],
    ['rate', asText(made.frameRate), asText(plan.frameRate), isRate],
    ['start', made.startSeconds, 0, Math.abs(made.startSeconds) < STAMP_SECONDS],
    ['seconds', made.durationSeconds, plan.seconds, Math.abs(made.durationSeconds - plan.seconds) < STAMP_SECONDS],
    ['sound tracks', sounds, hasSound ? 1 : 0],
    ['seconds of sound', heard, plan.seconds, Math.abs(heard - plan.seconds) < SOUND_SECONDS],
    ['primaries', made.colorPrimaries ?? '–', color.primaries],
    ['transfer', made.colorTransfer ?? '–', color.transfer],
    ['matrix', made.colorSpace ?? '–', color.matrix],
    ['timecode', made.sourceTimecode ?? '–', plan.timecode ?? '–'],
  ];
}

/** Programs of 2018 do not name every profile as today's do; the tag says the same. */
function tagChecks(plan: CopyPlan, { streams, format }: z.infer<typeof probeSchema>): Check[] {
  const { tag, profileName, encoder } = conformPresets[plan.options.preset];
  const video = streams.find((stream) => stream.codec_type === 'video');
  const profile = video?.profile ?? 'unknown';
  const isProfile = profile === profileName || (encoder !== 'libx264' && /^(unknown|\d+)$/.test(profile));
  const title = format?.tags?.title ?? '';
  return [
    ['tag', video?.codec_tag_string ?? '–', tag],
    ['profile', profile, profileName, isProfile],
    ['title', title, plan.title, title === plan.title],
  ];
}

const SMALL = { width: 48, height: 48 };

/** All pictures of a file as small grey ones, decoded to the end. */
async function decodeAll(
  options: Pick<VerifyOptions, 'encoder' | 'signal'>,
  path: string,
  filters: readonly string[],
  frameCount: number,
): Promise<Uint8Array[]> {
  const pictures: Uint8Array[] = [];
  const { encoder, signal } = options;
  const small = [...filters, `scale=${SMALL.width}:${SMALL.height}:flags=area`, 'format=gray'].join(',');
  const passthrough = encoder.features.hasFpsMode ? ['-fps_mode', 'passthrough'] : ['-vsync', '0'];
  const outcome = await runPipe({
    command: encoder.path,
    args: [
      ...['-hide_banner', '-nostdin', '-v', 'error', '-nostats', ...inputGuard, '-i', fileUrl(path)],
      ...['-map', '0:v:0', '-an', '-vf', small, ...passthrough, '-f', 'rawvideo', 'pipe:1'],
    ],
    signal,
    deadlineMs: 60_000 + frameCount * 1_000,
    priority: 'preparation',
    maxStdoutBytes: 64_000_000 + frameCount * SMALL.width * SMALL.height,
    onStdout: createPictureSplitter(SMALL.width * SMALL.height, (picture) => pictures.push(picture)),
  });
  if (outcome.exitCode !== 0) throw new RestageError('toolFailed', { detail: outcome.stderr.slice(-1_000) });
  return pictures;
}

function distance(a: Uint8Array | undefined, b: Uint8Array | undefined): number {
  if (!a || !b) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / a.length;
}

/** Grey levels that encoding and scaling may cost, and by which a neighbour must be nearer to count. */
const [ENCODING, NEARER] = [4, 1.5];

/** The first picture that shows another moment of the result than it should; null: none. */
export function findOtherPicture(
  made: readonly Uint8Array[],
  master: readonly Uint8Array[],
  frames: readonly number[],
): number | null {
  const other = frames.findIndex((frame, k) => {
    const own = distance(made[k], master[frame]);
    if (own <= ENCODING) return false;
    return [frame - 1, frame + 1].some((n) => distance(made[k], master[n]) < own - NEARER);
  });
  return other < 0 ? null : other;
}

async function checkPictures(options: VerifyOptions): Promise<void> {
  const { plan, master } = options;
  const { picture } = plan.geometry;
  const area = `crop=${picture.width}:${picture.height}:${picture.x}:${picture.y}:exact=1`;
  const [made, own] = await Promise.all([
    decodeAll(options, options.path, [area], plan.frameCount),
    decodeAll(options, master.path, [], master.facts.frameCount ?? plan.frameCount),
  ]);
  if (made.length !== plan.frameCount) throw wrong('decoded pictures', made.length, plan.frameCount);
  const other = findOtherPicture(made, own, plan.frames);
  if (other !== null) throw wrong(`picture ${other}`, '≠', plan.frames[other] ?? -1);
}

async function checkSound(options: VerifyOptions): Promise<void> {
  const { encoder, path, made, plan, expected, signal } = options;
  const track = made.audio[0];
  if (!track || !expected) return;
  const stretch = { fromSeconds: 0, toSeconds: plan.seconds };
  const heard = await listenTo({ encoder, path, track: track.index, stretch, signal });
  const judged = judgeSound(heard, expected, plan.seconds);
  if (judged.state === 'wrong') throw wrong('sound', judged.problem, 'in place');
}

/** Throws toolFailed (rule conform.notAsPlanned) with what is not as it should be. */
export async function verifyCopy(options: VerifyOptions): Promise<void> {
  const checks = [...factChecks(options), ...tagChecks(options.plan, await probe(options))];
  for (const [what, found, wanted, isRight] of checks)
    if (!(isRight ?? found === wanted)) throw wrong(what, found, wanted);
  await checkPictures(options);
  await checkSound(options);
}
