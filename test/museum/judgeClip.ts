/** Judges one kind of clip: takes it through the media service, and reads what came out with ffmpeg, which owes nothing to the code under test. */
import { chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { VideoFacts } from '../../shared/contract/media.ts';
import { RestageError } from '../../shared/errors.ts';
import { oldBinaries, readNumbers, run, type Workshop } from '../fixtures/media.ts';
import { factsOf, soundSeconds } from '../fixtures/prepareField.ts';
import type { ClipExpectation, ClipKind } from './kinds.ts';

const PICTURE_SECONDS = 0.002;
/** Of sound that is cut to the sample. */
const SOUND_SECONDS = 0.02;
/** A copy ends with a whole packet of sound: 1024 samples at 44.1 kHz, or 1152 of the older codecs. */
const PACKET_SECONDS = 0.03;
const GREY_WITHIN = 8;
const LOUD = 1_000;

interface StreamWords {
  codec_type?: string;
  duration?: string;
}

async function refusalOf(work: Promise<unknown>): Promise<{ code: string; rules: string[] }> {
  try {
    await work;
    return { code: 'nothing', rules: [] };
  } catch (error) {
    if (!(error instanceof RestageError)) throw error;
    return { code: error.code, rules: error.reasons.map(({ rule }) => rule) };
  }
}

function saidOf(shop: Workshop, facts: VideoFacts, kind: ClipKind) {
  const { target = 'motion-video', preset = 'fast', trim, crop, soundTrack } = kind;
  const { plan, verdicts } = shop.media.planClip(facts, { target, preset, trim, crop, soundTrack });
  const rulesIn = (...states: string[]) =>
    verdicts.filter(({ state, level }) => states.includes(state) && level !== 'advice').map(({ rule }) => rule);
  return { plan, blocked: rulesIn('blocked'), said: rulesIn('fixed', 'warn').sort() };
}

/** Colour of the ground above the numbers, of the second picture. */
async function greyOf(ffmpeg: string, file: string): Promise<number[]> {
  const filter = 'select=eq(n\\,1),crop=iw/2:ih/16:iw/4:ih/16,scale=1:1:flags=area,format=rgb24';
  const args = ['-v', 'error', '-i', file, '-map', '0:v:0', '-vf', filter, '-frames:v', '1', '-f', 'rawvideo', '-'];
  return [...(await run(ffmpeg, args))];
}

/** When the sound is first heard, in seconds; null: never. */
async function heardFrom(ffmpeg: string, file: string): Promise<number | null> {
  const data = await run(ffmpeg, ['-v', 'error', '-i', file, '-vn', '-ac', '1', '-ar', '8000', '-f', 's16le', '-']);
  for (let at = 0; at + 1 < data.length; at += 2) {
    if (Math.abs(data.readInt16LE(at)) > LOUD) return at / 2 / 8_000;
  }
  return null;
}

async function assertStreams(file: string, { sound = false, seconds, size }: ClipExpectation): Promise<void> {
  const words = ['-v', 'error', '-show_entries', 'stream=codec_type,duration,width,height', '-of', 'json', file];
  const { streams } = JSON.parse((await run(oldBinaries.ffprobe, words)).toString()) as { streams: StreamWords[] };
  expect(streams.map((stream) => stream.codec_type).sort()).toEqual(sound === false ? ['video'] : ['audio', 'video']);
  const picture = streams.find((stream) => stream.codec_type === 'video');
  if (size) expect(picture).toMatchObject({ width: size[0], height: size[1] });
  expect(Math.abs(Number(picture?.duration) - (seconds ?? 0)), 'length of the picture').toBeLessThan(PICTURE_SECONDS);
}

async function assertSound(ffmpeg: string, file: string, expected: ClipExpectation): Promise<void> {
  const { sound = false, seconds = 0, verdict } = expected;
  const found = await soundSeconds(ffmpeg, file);
  const within = verdict === 'copied' ? PACKET_SECONDS : SOUND_SECONDS;
  expect(Math.abs(found - (sound === false ? 0 : seconds)), `${found} s of sound`).toBeLessThanOrEqual(within);
  if (sound === false) return;
  const from = (await heardFrom(ffmpeg, file)) ?? Number.POSITIVE_INFINITY;
  expect(Math.abs(from - Number(sound === true ? 0 : sound)), `heard from ${from} s`).toBeLessThan(0.06);
}

async function assertMade(ffmpeg: string, file: string, expected: ClipExpectation): Promise<void> {
  expect(await readNumbers(ffmpeg, file)).toEqual(expected.numbers);
  await assertStreams(file, expected);
  await assertSound(ffmpeg, file, expected);
  if (expected.absent !== undefined)
    expect((await readFile(file)).includes(expected.absent), expected.absent).toBe(false);
  const { grey = 128 } = expected;
  if (grey === null) return;
  const found = await greyOf(ffmpeg, file);
  const off = Math.max(...found.map((value) => Math.abs(value - grey)));
  expect(off, `ground: ${found.join('/')}`).toBeLessThanOrEqual(GREY_WITHIN);
}

/** Also: nothing is written where the source lies. */
export async function judgeClipKind(shop: Workshop, ffmpeg: string, kind: ClipKind): Promise<void> {
  shop.warnings.length = 0;
  const folder = shop.path(kind.id);
  await mkdir(folder, { recursive: true });
  const source = await kind.draw({ ffmpeg, path: (name) => join(folder, name) });
  const before = await readdir(folder);
  try {
    await judgeDrawn(shop, ffmpeg, kind, source);
    expect((await readdir(folder)).filter((name) => !before.includes(name))).toEqual([]);
  } finally {
    await chmod(folder, 0o755);
  }
}

async function judgeDrawn(shop: Workshop, ffmpeg: string, kind: ClipKind, source: string): Promise<void> {
  const { verdict, says = [], code = 'refused', by = 'reading' } = kind.expect;
  if (verdict === 'refused' && by === 'reading') {
    expect(await refusalOf(shop.media.readFacts(source))).toEqual({ code, rules: says });
    return;
  }
  const facts = await factsOf(shop, source);
  await kind.disturb?.(source);
  const { plan, blocked, said } = saidOf(shop, facts, kind);
  if (verdict === 'blocked') {
    expect(blocked).toEqual(says);
    return;
  }
  if (!plan) throw new Error(`blocked: ${blocked.join(', ')}`);
  const work = shop.media.prepareClip({ source, facts, plan });
  if (verdict === 'refused') {
    expect(await refusalOf(work)).toEqual({ code, rules: says });
    return;
  }
  const made = await work;
  expect(`${plan.kind}: ${said.join(', ')}`).toBe(`${planKinds[verdict]}: ${[...says].sort().join(', ')}`);
  // A copy that was rejected on the way would have been encoded.
  expect(shop.warnings, 'second thoughts').toEqual([]);
  expect(made.isSource).toBe(verdict === 'untouched');
  if (made.isSource) {
    expect((await readFile(made.path)).equals(await readFile(source))).toBe(true);
    expect(await readNumbers(ffmpeg, made.path)).toEqual(kind.expect.numbers);
    return;
  }
  await assertMade(ffmpeg, made.path, kind.expect);
}

const planKinds = { untouched: 'untouched', copied: 'remux', prepared: 'reencode' } as const;
