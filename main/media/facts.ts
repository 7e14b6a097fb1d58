/** Reads the facts of a file: content decides what it is, and what cannot be used is refused with the rule it breaks. */
import { access, constants, open, stat } from 'node:fs/promises';
import type { ImageFacts, VideoFacts } from '../../shared/contract/media.ts';
import { RestageError, refused } from '../../shared/errors.ts';
import { type BoxIndex, readBoxIndex } from './boxes.ts';
import { type ProbeAnswer, probeEnd, probePackets, probeStreams } from './probe.ts';
import { sniffKind } from './sniff.ts';
import { buildVideoFacts, pickVideoStream } from './videoFacts.ts';

const HEAD_BYTES = 512;

export interface FactsOptions {
  path: string;
  ffprobe: () => Promise<string>;
  readImage: (path: string, sizeBytes: number, signal?: AbortSignal) => Promise<ImageFacts>;
  signal?: AbortSignal | undefined;
}

/** `field` of every refusal here is `file`: the caller knows which input it is and renames it. */
const FIELD = 'file';

function errno(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

async function assertReadable(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw refused(FIELD, 'file.folder');
    if (!found.isFile()) throw refused(FIELD, 'file.notMedia', { detail: '' });
    await access(path, constants.R_OK);
    if (found.size === 0) throw refused(FIELD, 'file.empty');
    return found.size;
  } catch (error) {
    if (error instanceof RestageError) throw error;
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(errno(error))) throw refused(FIELD, 'file.missing');
    if (['EACCES', 'EPERM'].includes(errno(error))) throw refused(FIELD, 'file.permission');
    throw new RestageError('sourceUnreadable', { detail: String(error), cause: error });
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 2 : 1);
}

function assertWhole(index: BoxIndex | null, sizeBytes: number): void {
  if (index?.isAbsurd) throw refused(FIELD, 'file.absurd');
  if (!index?.isTruncated) return;
  if (!index.hasIndex) throw refused(FIELD, 'file.noIndex', { foundMB: megabytes(sizeBytes) });
  throw refused(FIELD, 'file.truncated', {
    foundMB: megabytes(sizeBytes),
    promisedMB: megabytes(index.promisedBytes ?? 0),
  });
}

function brandOf(head: Buffer): string {
  return head.toString('latin1', 4, 8) === 'ftyp' ? head.toString('latin1', 8, 12) : '';
}

function assertStreams(answer: ProbeAnswer | null, detail: string): ProbeAnswer {
  if (!answer || answer.streams.length === 0) throw refused(FIELD, 'file.notMedia', { detail });
  return answer;
}

async function readVideo(options: FactsOptions, head: Buffer, sizeBytes: number): Promise<VideoFacts> {
  const { path, signal } = options;
  const ffprobe = await options.ffprobe();
  const index = await readBoxIndex(path);
  assertWhole(index, sizeBytes);
  const probe = { ffprobe, path, signal, endMs: probeEnd(sizeBytes) };
  const probed = await probeStreams(probe);
  const answer = assertStreams(probed.answer, probed.detail);
  const stream = pickVideoStream(answer);
  if (!stream) {
    const hasAudio = answer.streams.some((s) => s.codec_type === 'audio');
    throw refused(FIELD, hasAudio ? 'file.audioOnly' : 'file.notMedia', { detail: probed.detail });
  }
  if (!stream.codec_name || stream.codec_name === 'none' || stream.codec_name === 'unknown') {
    throw refused(FIELD, 'file.unknownCodec');
  }
  const declaredSeconds = stream.duration ?? answer.format?.duration ?? null;
  const packets = await probePackets({ ...probe, streamIndex: stream.index, sizeBytes, declaredSeconds });
  if (packets.ptsSeconds.length === 0) throw refused(FIELD, 'file.noPictures');
  return buildVideoFacts({ answer, stream, packets, index, brand: brandOf(head), sizeBytes });
}

/** Throws RestageError: refused (with the rule), sourceUnreadable, toolMissing, deadline, cancelled. */
export async function readFacts(options: FactsOptions): Promise<VideoFacts | ImageFacts> {
  const sizeBytes = await assertReadable(options.path);
  const head = await readHead(options.path).catch((error) => {
    if (['EACCES', 'EPERM'].includes(errno(error))) throw refused(FIELD, 'file.permission');
    throw new RestageError('sourceUnreadable', { detail: String(error), cause: error });
  });
  const kind = sniffKind(head);
  if (kind === 'other') return readVideo(options, head, sizeBytes);
  const image = await options.readImage(options.path, sizeBytes, options.signal);
  // An animated GIF moves: it is a clip.
  return kind === 'gif' && image.pages > 1 ? readVideo(options, head, sizeBytes) : image;
}
