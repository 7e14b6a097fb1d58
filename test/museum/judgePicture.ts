/** Judges one kind of picture: puts it through the media service, and looks at what came out with ffmpeg, which owes nothing to the code under test. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ImageFacts } from '../../shared/contract/media.ts';
import { RestageError } from '../../shared/errors.ts';
import { run, type Workshop } from '../fixtures/media.ts';
import { HEIGHT, middles, patches, type Rgb, WIDTH } from './draw.ts';
import type { PictureKind } from './kinds.ts';

const DEFAULT_WITHIN = 6;
const POSTER_WITHIN = 14;
/** Sides over which ffmpeg will not decode: sent byte for byte, and looked at as a poster. */
const VAST_PX = 15_000;

async function pixelsOf(ffmpeg: string, file: string, filters: readonly string[] = []): Promise<Buffer> {
  const filter = filters.length > 0 ? ['-vf', filters.join(',')] : [];
  return run(ffmpeg, [
    '-v',
    'error',
    '-i',
    file,
    '-frames:v',
    '1',
    ...filter,
    '-pix_fmt',
    'rgb24',
    '-f',
    'rawvideo',
    '-',
  ]);
}

/** In the form it is coded in: equal hashes are equal pictures. */
async function hashOf(ffmpeg: string, file: string): Promise<string> {
  // A source without its end is decoded all the same.
  const out = await run(ffmpeg, ['-v', 'quiet', '-i', file, '-frames:v', '1', '-f', 'md5', '-']);
  return out.toString().trim();
}

async function assertColours(ffmpeg: string, file: string, kind: PictureKind): Promise<void> {
  const { colours = patches, within = DEFAULT_WITHIN, size = [WIDTH, HEIGHT] } = kind.expect;
  const [width, height] = size;
  const [w, h] = size;
  const data = await pixelsOf(ffmpeg, file);
  expect(data.length, 'pixels of the output').toBe(w * h * 3);
  for (const [i, [x, y]] of middles.entries()) {
    const at = (Math.floor((y * h) / HEIGHT) * w + Math.floor((x * w) / WIDTH)) * 3;
    const found = [...data.subarray(at, at + 3)];
    const wanted = colours[i] ?? [0, 0, 0];
    const off = Math.max(...found.map((value, n) => Math.abs(value - (wanted[n] ?? 0))));
    expect(off, `patch ${i}: ${found.join('/')} for ${wanted.join('/')} (${width}x${height})`).toBeLessThanOrEqual(
      within,
    );
  }
}

async function assertPoster(shop: Workshop, ffmpeg: string, source: string, facts: ImageFacts, kind: PictureKind) {
  const poster = await shop.media.poster(source, facts);
  const data = await pixelsOf(ffmpeg, poster, [`scale=${WIDTH}:${HEIGHT}:flags=neighbor`]);
  const { colours = patches, says = [] } = kind.expect;
  const isFramed = kind.edit !== undefined;
  const isOnGround = says.some((text) => text.startsWith('image.transparency'));
  if (isFramed) return;
  for (const [i, [x, y]] of middles.entries()) {
    const at = (y * WIDTH + x) * 3;
    const found = [...data.subarray(at, at + 3)];
    // A poster shows what is transparent on grey.
    const wanted: Rgb = isOnGround && colours[i]?.every((v) => v === 255) ? [128, 128, 128] : (colours[i] ?? [0, 0, 0]);
    const off = Math.max(...found.map((value, n) => Math.abs(value - (wanted[n] ?? 0))));
    const within = Math.max(POSTER_WITHIN, kind.expect.within ?? 0);
    expect(off, `poster, patch ${i}: ${found.join('/')} for ${wanted.join('/')}`).toBeLessThanOrEqual(within);
  }
}

async function refusalOf(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
    return ['nothing'];
  } catch (error) {
    if (!(error instanceof RestageError)) throw error;
    return error.reasons.map((reason) => reason.rule);
  }
}

/** What is said: rules that are not simply passed, with the context that words them. */
export function saidOf(shop: Workshop, facts: ImageFacts, kind: PictureKind): { blocked: string[]; said: string[] } {
  const { verdicts } = shop.media.checkImage(facts, kind.edit);
  const text = ({ rule, params }: (typeof verdicts)[number]) => (params?.context ? `${rule} ${params.context}` : rule);
  return {
    blocked: verdicts.filter(({ state }) => state === 'blocked').map(text),
    // Advice on the size of so small a picture is not what this is about.
    said: verdicts.filter(({ state, level }) => state !== 'pass' && level !== 'advice').map(text),
  };
}

export async function judgePictureKind(shop: Workshop, ffmpeg: string, kind: PictureKind): Promise<void> {
  const folder = shop.path(kind.id);
  await mkdir(folder, { recursive: true });
  const source = join(folder, `${kind.id}.${kind.extension}`);
  const bytes = await kind.draw();
  await writeFile(source, bytes);
  for (const [name, beside] of (await kind.beside?.()) ?? []) await writeFile(join(folder, name), beside);
  const { verdict, says = [], without = [], keeps = [], format } = kind.expect;
  if (verdict === 'refused') {
    expect(await refusalOf(shop.media.readFacts(source))).toEqual(says);
    return;
  }
  const facts = await shop.media.readFacts(source);
  if (facts.kind !== 'image') throw new Error('not an image');
  const { blocked, said } = saidOf(shop, facts, kind);
  if (verdict === 'blocked') {
    expect(blocked).toEqual(says);
    expect(await refusalOf(shop.media.prepareImage({ source, facts, edit: kind.edit }))).toEqual(
      says.map((text) => text.split(' ')[0]),
    );
    return;
  }
  expect([blocked, [...said].sort()]).toEqual([[], [...says].sort()]);
  const made = await shop.media.prepareImage({ source, facts, edit: kind.edit });
  const out = await readFile(made.path);
  expect(made.isSource ? 'untouched' : 'written').toBe(verdict === 'untouched' ? 'untouched' : 'written');
  if (verdict === 'untouched') expect(out.equals(bytes)).toBe(true);
  if (verdict === 'cleaned') {
    const twin = kind.twin ? join(folder, `twin.${kind.extension}`) : source;
    if (kind.twin) await writeFile(twin, await kind.twin());
    expect(await hashOf(ffmpeg, made.path), 'pixels').toBe(await hashOf(ffmpeg, twin));
  }
  if (format) expect(made.mimeType).toBe(`image/${format}`);
  for (const text of without) expect(out.includes(text, 0, 'latin1'), `${text} leaves the machine`).toBe(false);
  for (const text of keeps) expect(out.includes(text, 0, 'latin1'), `${text} is kept`).toBe(true);
  if (facts.width < VAST_PX) await assertColours(ffmpeg, made.path, kind);
  await assertPoster(shop, ffmpeg, source, facts, kind);
}
