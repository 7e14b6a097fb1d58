/** From a generation body to what was ordered: every rule of the contract, the first broken one is said. */
import { checkCallbackUrl } from '../../shared/rules/callbackUrl.ts';
import { clipTargetFor, textLimits } from '../../shared/rules/limits.ts';
import { countCharacters } from '../../shared/words/texts.ts';
import type { Context } from './context.ts';
import { fileOfUrl } from './files.ts';
import { checkClip, checkImage } from './inputs.ts';
import type { ElementOrder, FileRecord, MotionOrder } from './ledger.ts';
import { invalid } from './reply.ts';
import { standInFor } from './standIn.ts';

type Json = Record<string, unknown>;

export async function readMotionOrder(context: Context, body: Json): Promise<MotionOrder> {
  const params = objectAt(body, 'model_params');
  const orientation = choiceAt(params, 'character_orientation', ['image', 'video'] as const);
  const quality = choiceAt(body, 'quality', ['720p', '1080p'] as const);
  checkText(body.prompt, 'prompt', { max: textLimits.promptMax, isRequired: false });
  checkCallback(body);
  const keepSound = optionalBoolean(params, 'keep_sound') ?? true;
  if (params.watermark_info != null) optionalBoolean(objectAt(params, 'watermark_info'), 'enabled');
  const elementId = readElementId(context, params.element_list);
  if (elementId !== null && orientation !== 'video') {
    throw invalid('character_orientation', 'must be video when element_list is used');
  }
  const image = await oneFile(context, body.image_urls, { field: 'image_urls', kind: 'image' });
  const video = await oneFile(context, body.video_urls, { field: 'video_urls', kind: 'video' });
  await checkImage({ field: 'image_urls', path: context.store.filePath(image.fileId), sizeBytes: image.sizeBytes });
  const facts = await checkClip({
    field: 'video_urls',
    path: context.store.filePath(video.fileId),
    sizeBytes: video.sizeBytes,
    target: clipTargetFor(orientation),
    ffprobe: context.tools.ffprobe,
  });
  return {
    kind: 'motion',
    imageFileId: image.fileId,
    videoFileId: video.fileId,
    quality,
    orientation,
    keepSound: keepSound && facts.hasSound,
    elementId,
    referenceSeconds: facts.seconds,
    referenceFrameRate: facts.frameRate,
    lengthRatio: context.switches.resultRatio,
  };
}

export async function readElementOrder(context: Context, body: Json): Promise<ElementOrder> {
  const params = objectAt(body, 'model_params');
  const name = checkText(params.element_name, 'element_name', { max: textLimits.elementNameMax, isRequired: true });
  const description = checkText(params.element_description, 'element_description', {
    max: textLimits.elementDescriptionMax,
    isRequired: true,
  });
  choiceAt(params, 'reference_type', ['video_refer'] as const);
  checkCallback(body);
  const list = objectAt(params, 'element_video_list');
  const video = await oneFile(context, list.video_url, { field: 'element_video_list', kind: 'video' });
  await checkClip({
    field: 'element_video_list',
    path: context.store.filePath(video.fileId),
    sizeBytes: video.sizeBytes,
    target: 'element',
    ffprobe: context.tools.ffprobe,
  });
  return { kind: 'element', videoFileId: video.fileId, name, description };
}

function objectAt(from: Json, field: string): Json {
  const value = from[field];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(field, 'an object is required');
  return value as Json;
}

function choiceAt<T extends string>(from: Json, field: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === from[field]);
  if (found === undefined) throw invalid(field, `required, one of ${choices.join(', ')}`);
  return found;
}

function optionalBoolean(from: Json, field: string): boolean | null {
  const value = from[field];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'boolean') throw invalid(field, 'must be true or false');
  return value;
}

function checkText(value: unknown, field: string, rule: { max: number; isRequired: boolean }): string {
  if (value == null && !rule.isRequired) return '';
  if (typeof value !== 'string' || (rule.isRequired && value === '')) throw invalid(field, 'a text is required');
  const length = countCharacters(value);
  if (length > rule.max) throw invalid(field, `${length} characters, at most ${rule.max}`);
  return value;
}

/**
 * Checked, never called. EvoLink calls once billing is confirmed, with the body of a task query and without a signature, waits 10 s for an
 * answer, and calls again after 1, 2 and 4 s (its documentation, read in November 2026).
 */
function checkCallback(body: Json): void {
  const url = body.callback_url;
  if (url === undefined || url === null) return;
  const reason = typeof url === 'string' ? checkCallbackUrl(url) : { rule: 'callbackUrl.form' };
  if (reason) throw invalid('callback_url', `not allowed (${reason.rule})`);
}

function readElementId(context: Context, list: unknown): string | null {
  if (list === undefined || list === null) return null;
  if (!Array.isArray(list)) throw invalid('element_list', 'must be a list');
  if (list.length > textLimits.elementsPerOrder) throw invalid('element_list', `${list.length} elements, at most 1`);
  const item: unknown = list[0];
  if (item === undefined) return null;
  const id = typeof item === 'object' && item !== null && 'element_id' in item ? item.element_id : null;
  if (typeof id !== 'string' || !context.store.hasElement(id)) {
    throw invalid('element_list', `no element ${String(id)}`);
  }
  return id;
}

/** One file is made use of; the contract's type is a URL or a list of them. */
async function oneFile(
  context: Context,
  value: unknown,
  { field, kind }: { field: string; kind: 'image' | 'video' },
): Promise<FileRecord> {
  const urls: unknown[] = Array.isArray(value) ? value : value == null ? [] : [value];
  const [url] = urls;
  if (typeof url !== 'string' || urls.some((other) => typeof other !== 'string'))
    throw invalid(field, 'a URL is required');
  const file = fileOfUrl(context, url);
  if (file) return file;
  // Public addresses are those that may be called back as well.
  if (checkCallbackUrl(url) === null) return await standInFor(context, kind);
  throw invalid(field, 'the file cannot be fetched: not here, deleted or expired');
}
