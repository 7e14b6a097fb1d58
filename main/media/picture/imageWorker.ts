/** The image worker: a process of its own that decodes pictures, so that a bad one can take nothing else down. Hears requests of its parent, answers them. */
/// <reference path="./heic-decode.d.ts" />
import type { ParentLines } from '../../processes/stdioLines.ts';
import { cleanPicture, convertPicture, makePoster } from './convertPicture.ts';
import { ImageError } from './imageError.ts';
import { type ImageAnswer, type ImageProblem, type ImageRequest, imageRequestSchema } from './imageProtocol.ts';
import { imageFactsOf } from './judgePicture.ts';
import type { SharpModule } from './picture.ts';
import { pictureInput } from './pictureInput.ts';
import { readPicture } from './readPicture.ts';

async function answer(sharp: SharpModule, request: ImageRequest): Promise<ImageAnswer> {
  const picture = await readPicture(sharp, request.path);
  const done = { ok: true, id: request.id } as const;
  switch (request.op) {
    case 'facts':
      return { ...done, facts: await imageFactsOf(sharp, picture, request.sizeBytes) };
    case 'convert':
      return { ...done, format: await convertPicture(sharp, picture, request) };
    case 'clean':
      return { ...done, format: await cleanPicture(picture, request) };
    case 'poster':
      await makePoster(sharp, picture, request);
      return { ...done, format: 'jpeg' };
  }
}

const DRAWING_MS = 4_000;

/** A drawing may ask for more work than any picture is worth. Pictures made of pixels take what their size takes. */
async function withinDrawingTime({ id, path }: ImageRequest, work: Promise<ImageAnswer>): Promise<ImageAnswer> {
  const isText = await pictureInput(path).then(
    (found) => found.isText,
    () => false,
  );
  if (!isText) return work;
  const { promise, resolve } = Promise.withResolvers<ImageAnswer>();
  const tooMuch = { ok: false, id, problem: 'tooComplex', detail: `not drawn in ${DRAWING_MS} ms` } as const;
  const timer = setTimeout(() => resolve(tooMuch), DRAWING_MS);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

function toProblem(error: unknown): { problem: ImageProblem; detail: string } {
  if (error instanceof ImageError) return { problem: error.problem, detail: error.message };
  const detail = String(error);
  if (/ENOSPC|No space left/i.test(detail)) return { problem: 'noSpace', detail };
  return { problem: /pixel limit/i.test(detail) ? 'tooLarge' : 'failed', detail };
}

/** Runs until its parent says no more: when the app is gone, so is its worker. */
export async function runImageWorker(parent: ParentLines): Promise<void> {
  // Loaded here alone: no other process of the app may decode a picture.
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(2);
  for await (const line of parent.heard) {
    const request = imageRequestSchema.parse(JSON.parse(line));
    const work = answer(sharp as SharpModule, request).catch(
      (error: unknown): ImageAnswer => ({ ok: false, id: request.id, ...toProblem(error) }),
    );
    const result = await withinDrawingTime(request, work);
    parent.answer(JSON.stringify(result));
  }
}
