/** From a result back to what it was made of: the clip that was ordered, or, when that is gone, what was prepared of it and sent. */
import type { LibraryItem } from '../../../shared/contract/library.ts';
import type { Trim, VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { trimSeconds } from '../../../shared/time/trim.ts';
import type { AssetFile, Assets } from '../../intake/assets.ts';
import { readSidecar } from '../../library/sidecar.ts';
import { chosenAudio } from '../../media/facts/videoFacts.ts';
import type { Shelf } from '../../shelf/shelf.ts';
import type { Original } from '../sound/placeSound.ts';
import type { ReferenceFacts } from './planCopy.ts';

export interface ReferenceServices {
  assets: Pick<Assets, 'record' | 'present'>;
  shelf: Pick<Shelf, 'file'>;
  /** The prepared take that a job sent; null: nobody knows the job, or it sent none. */
  preparedIdOf: (jobId: string) => string | null;
  readVideo: (path: string, signal?: AbortSignal) => Promise<VideoFacts>;
}

/** Null: no clip of that id was ever added here, or it is no clip. */
function recordOf(item: LibraryItem, assets: ReferenceServices['assets']): (AssetFile & { facts: VideoFacts }) | null {
  if (!item.recipe) return null;
  try {
    const asset = assets.record(item.recipe.videoId);
    return asset.facts.kind === 'video' ? { ...asset, facts: asset.facts } : null;
  } catch {
    return null;
  }
}

/** As ordered; else as planned for the order, which the recipe beside the result keeps. Null: the whole clip. */
const trimOf = (item: LibraryItem): Trim | null =>
  item.recipe?.trim ?? readSidecar(item.sidecar)?.prepared?.plan.trim ?? null;

function inSecondsOf(item: LibraryItem, facts: VideoFacts): number {
  const trim = trimOf(item);
  return trim === null ? 0 : trimSeconds(facts, trim).from;
}

/** What is known of the reference without its file; null: nothing. */
export function referenceFacts(item: LibraryItem, assets: ReferenceServices['assets']): ReferenceFacts | null {
  const asset = recordOf(item, assets);
  if (!asset) return null;
  const { frameRate, isConstantRate, sourceTimecode } = asset.facts;
  return { rate: frameRate, isConstantRate, timecode: sourceTimecode, inSeconds: inSecondsOf(item, asset.facts) };
}

/** `silent`: the reference is there, and has no sound. */
export type FoundOriginal = Original | 'silent';

const soundTrackOf = (item: LibraryItem) => (item.recipe?.kind === 'motion' ? item.recipe.soundTrack : undefined);

/** An order without sound still names a clip that has it. */
function trackOf(item: LibraryItem, facts: VideoFacts) {
  const wanted = soundTrackOf(item);
  return chosenAudio(facts, wanted === 0 ? undefined : wanted);
}

async function findClip(item: LibraryItem, assets: ReferenceServices['assets']): Promise<FoundOriginal | null> {
  const asset = recordOf(item, assets);
  if (!asset) return null;
  try {
    const { path } = await assets.present(asset.id);
    const { facts } = asset;
    const track = trackOf(item, facts);
    const inSeconds = facts.startSeconds + inSecondsOf(item, facts);
    return track ? { kind: 'original', path, facts, inSeconds, track } : 'silent';
  } catch (error) {
    if (error instanceof RestageError && error.code === 'sourceMissing') return null;
    throw error;
  }
}

async function findPrepared(item: LibraryItem, services: ReferenceServices): Promise<FoundOriginal | null> {
  const id = item.jobId === null ? null : services.preparedIdOf(item.jobId);
  if (id === null) return null;
  try {
    const { path } = await services.shelf.file(id);
    const facts = await services.readVideo(path);
    const track = chosenAudio(facts);
    return track ? { kind: 'prepared', path, facts, inSeconds: facts.startSeconds, track } : 'silent';
  } catch (error) {
    if (error instanceof RestageError && error.code === 'notFound') return null;
    throw error;
  }
}

/** Null: it was imported, and made of nothing that is known. Throws sourceMissing (rule conform.noOriginal) when neither is there any more. */
export async function findOriginal(item: LibraryItem, services: ReferenceServices): Promise<FoundOriginal | null> {
  if (item.recipe === null && item.jobId === null) return null;
  const found = (await findClip(item, services.assets)) ?? (await findPrepared(item, services));
  if (found) return found;
  const params = { name: item.videoName };
  throw new RestageError('sourceMissing', { reasons: [{ field: 'sound', rule: 'conform.noOriginal', params }] });
}
