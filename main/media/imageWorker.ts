/** The image worker: a process of its own that decodes pictures, so that a bad one can take nothing else down. Reads requests on stdin, answers on stdout. */
/// <reference path="./heic-decode.d.ts" />
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Metadata, Sharp, SharpOptions } from 'sharp';
import { imageLimits } from '../../shared/limits.ts';
import { type ImageAnswer, type ImageProblem, type ImageRequest, imageRequestSchema } from './imageProtocol.ts';
import { pictureInput } from './pictureInput.ts';

type SharpModule = (input: string | Buffer, options?: SharpOptions) => Sharp;

class ImageError extends Error {
  readonly problem: ImageProblem;
  constructor(problem: ImageProblem, detail: string) {
    super(detail);
    this.problem = problem;
  }
}

const readOptions: SharpOptions = { limitInputPixels: imageLimits.maxDecodePixels, failOn: 'truncated' };
const depthBits: Readonly<Record<string, number>> = { uchar: 8, char: 8, ushort: 16, short: 16, float: 32 };
const jpegQualities = [95, 90, 85, 80, 70, 60];

async function readMetadata(sharp: SharpModule, path: string): Promise<Metadata> {
  try {
    // The size is judged from the header alone, before a single pixel is decoded.
    const { input } = await pictureInput(path);
    return await sharp(input, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw new ImageError('unreadable', String(error));
  }
}

const isHeic = (metadata: Metadata) => metadata.format === 'heif' && metadata.compression === 'hevc';

/** The picture upright; HEIC goes through libheif in WebAssembly, because sharp's build leaves that decoder out. */
async function openUpright(sharp: SharpModule, path: string): Promise<Sharp> {
  const metadata = await readMetadata(sharp, path);
  const pixels = (metadata.width ?? 0) * (metadata.height ?? 0);
  if (pixels > imageLimits.maxDecodePixels) throw new ImageError('tooLarge', `${metadata.width}x${metadata.height}`);
  if (!isHeic(metadata)) return sharp((await pictureInput(path)).input, readOptions).autoOrient();
  const { default: decodeHeic } = await import('heic-decode');
  const { width, height, data } = await decodeHeic({ buffer: await readFile(path) });
  return sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), {
    ...readOptions,
    raw: { width, height, channels: 4 },
  } as SharpOptions).flatten({ background: '#ffffff' });
}

async function readImageFacts(sharp: SharpModule, path: string, sizeBytes: number): Promise<ImageAnswer> {
  const metadata = await readMetadata(sharp, path);
  const orientation = isHeic(metadata) ? 1 : (metadata.orientation ?? 1);
  const [width, height] =
    orientation >= 5 ? [metadata.height ?? 0, metadata.width ?? 0] : [metadata.width ?? 0, metadata.height ?? 0];
  if (width * height <= imageLimits.maxDecodePixels) await assertDecodes(sharp, path);
  const format = metadata.format === 'heif' && metadata.compression === 'av1' ? 'avif' : (metadata.format ?? 'unknown');
  return {
    ok: true,
    id: 0,
    facts: {
      kind: 'image',
      format,
      sizeBytes,
      width,
      height: metadata.pages && metadata.pages > 1 ? (metadata.pageHeight ?? height) : height,
      exifOrientation: orientation,
      hasAlpha: metadata.hasAlpha ?? false,
      colorSpace: metadata.space ?? null,
      bitsPerSample: depthBits[metadata.depth ?? ''] ?? null,
      pages: metadata.pages ?? 1,
    },
  };
}

/** Decodes all of it into a thumbnail: a picture that breaks off is found before it is ordered. */
async function assertDecodes(sharp: SharpModule, path: string): Promise<void> {
  try {
    const picture = await openUpright(sharp, path);
    await picture.resize(64, 64, { fit: 'inside' }).raw().toBuffer();
  } catch (error) {
    if (error instanceof ImageError) throw error;
    throw new ImageError('damaged', String(error));
  }
}

/** Crop, size, background and room around, one after the other: sharp would reorder them within one pass. */
async function framed(sharp: SharpModule, request: Extract<ImageRequest, { op: 'convert' }>): Promise<Sharp> {
  const { path, width, height, pictureWidth, pictureHeight, crop, pad, background } = request;
  let picture = await openUpright(sharp, path);
  if (crop) {
    const upright = await picture.png({ compressionLevel: 0 }).toBuffer();
    picture = sharp(upright, readOptions).extract({
      left: crop.x,
      top: crop.y,
      width: crop.width,
      height: crop.height,
    });
  }
  picture = picture.resize(pictureWidth, pictureHeight, { fit: 'fill', kernel: 'lanczos3' }).toColourspace('srgb');
  if (background) picture = picture.flatten({ background });
  if (!pad || (width === pictureWidth && height === pictureHeight)) return picture;
  const [left, top] = [Math.floor((width - pictureWidth) / 2), Math.floor((height - pictureHeight) / 2)];
  const [right, bottom] = [width - pictureWidth - left, height - pictureHeight - top];
  if (pad !== 'blur') return picture.extend({ left, top, right, bottom, background: pad });
  const inner = await picture.png({ compressionLevel: 0 }).toBuffer();
  const softness = Math.max(2, Math.min(width, height) / 40);
  const ground = await sharp(inner).resize(width, height, { fit: 'cover' }).blur(softness).png().toBuffer();
  return sharp(ground).composite([{ input: inner, left, top }]);
}

async function convert(sharp: SharpModule, request: Extract<ImageRequest, { op: 'convert' }>): Promise<ImageAnswer> {
  const { output, maxBytes, background = '#ffffff' } = request;
  const resized = async () => framed(sharp, request);
  if (request.format === 'png') {
    const written = await (await resized()).png({ compressionLevel: 9 }).toFile(output);
    if (written.size <= maxBytes) return { ok: true, id: 0, format: 'png' };
  }
  for (const quality of jpegQualities) {
    const opaque = (await resized()).flatten({ background });
    const written = await opaque.jpeg({ quality, chromaSubsampling: quality >= 90 ? '4:4:4' : '4:2:0' }).toFile(output);
    if (written.size <= maxBytes) return { ok: true, id: 0, format: 'jpeg' };
  }
  throw new ImageError('failed', `still over ${maxBytes} bytes at the lowest quality`);
}

async function makePoster(sharp: SharpModule, request: Extract<ImageRequest, { op: 'poster' }>): Promise<ImageAnswer> {
  const picture = await openUpright(sharp, request.path);
  await picture
    .resize(request.maxPx, request.maxPx, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#808080' })
    .toColourspace('srgb')
    .jpeg({ quality: 82 })
    .toFile(request.output);
  return { ok: true, id: 0, format: 'jpeg' };
}

const DRAWING_MS = 4_000;

/** A drawing may ask for more work than any picture is worth. Pictures made of pixels take what their size takes. */
async function withinDrawingTime(path: string, work: Promise<ImageAnswer>): Promise<ImageAnswer> {
  const isText = await pictureInput(path).then(
    (found) => found.isText,
    () => false,
  );
  if (!isText) return work;
  const { promise, resolve } = Promise.withResolvers<ImageAnswer>();
  const tooMuch = { ok: false, id: 0, problem: 'tooComplex', detail: `not drawn in ${DRAWING_MS} ms` } as const;
  const timer = setTimeout(() => resolve(tooMuch), DRAWING_MS);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

function answer(sharp: SharpModule, request: ImageRequest): Promise<ImageAnswer> {
  if (request.op === 'facts') return readImageFacts(sharp, request.path, request.sizeBytes);
  return request.op === 'convert' ? convert(sharp, request) : makePoster(sharp, request);
}

function toProblem(error: unknown): { problem: ImageProblem; detail: string } {
  if (error instanceof ImageError) return { problem: error.problem, detail: error.message };
  const detail = String(error);
  if (/ENOSPC|No space left/i.test(detail)) return { problem: 'noSpace', detail };
  return { problem: /pixel limit/i.test(detail) ? 'tooLarge' : 'failed', detail };
}

/** Runs until stdin ends: when the app is gone, so is its worker. */
export async function runImageWorker(): Promise<void> {
  // Loaded here alone: no other process of the app may decode a picture.
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(2);
  for await (const line of createInterface({ input: process.stdin })) {
    const request = imageRequestSchema.parse(JSON.parse(line));
    const work = answer(sharp as SharpModule, request).catch(
      (error: unknown): ImageAnswer => ({ ok: false, id: request.id, ...toProblem(error) }),
    );
    const result = await withinDrawingTime(request.path, work);
    process.stdout.write(`${JSON.stringify({ ...result, id: request.id })}\n`);
  }
}
