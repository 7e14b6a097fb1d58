/** Reads the facts of a file: content decides what it is, and what cannot be used is refused with the rule it breaks. */
import { access, constants, open, stat } from 'node:fs/promises';
import type { ImageFacts, VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError, refused } from '../../../shared/errors.ts';
import { type BoxIndex, readBoxIndex } from './boxes.ts';
import { readDecodedHead } from './decodedHead.ts';
import { type Packet, readAllPackets } from './packets.ts';
import { findClockJump, toPictures } from './pictures.ts';
import { type ProbeAnswer, probeEnd, probeStreams } from './probe.ts';
import { nameOfPicture, SNIFF_BYTES, sniffKind } from './sniff.ts';
import { buildVideoFacts, pickVideoStream } from './videoFacts.ts';

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
    const head = Buffer.alloc(SNIFF_BYTES);
    const { bytesRead } = await file.read(head, 0, SNIFF_BYTES, 0);
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
  // Of a recording in fragments, those that came whole are a clip.
  if (!index?.isTruncated || index.wholeBytes !== null) return;
  if (!index.hasIndex) throw refused(FIELD, 'file.noIndex', { foundMB: megabytes(sizeBytes) });
  throw refused(FIELD, 'file.truncated', {
    foundMB: megabytes(sizeBytes),
    promisedMB: megabytes(index.promisedBytes ?? 0),
  });
}

/** Named before anything is decoded: a decoder takes locked pictures for damaged ones. */
function assertUnlocked(index: BoxIndex | null): void {
  const isLocked = index?.tracks.some((track) => track.handler === 'vide' && track.isEncrypted);
  if (isLocked) throw refused(FIELD, 'file.encrypted');
}

function brandOf(head: Buffer): string {
  return head.toString('latin1', 4, 8) === 'ftyp' ? head.toString('latin1', 8, 12) : '';
}

function assertStreams(answer: ProbeAnswer | null, detail: string): ProbeAnswer {
  if (!answer || answer.streams.length === 0) throw refused(FIELD, 'file.notMedia', { detail });
  return answer;
}

/** Recordings joined end to end, each with a clock of its own: no time in such a file means one picture. */
function assertOneClock(pictures: readonly Packet[], answer: ProbeAnswer): void {
  const jump = findClockJump(pictures, (answer.format?.format_name ?? '').split(',')[0] ?? '');
  if (!jump) return;
  const context = jump.bySeconds < 0 ? 'back' : 'on';
  const by = Number(Math.abs(jump.bySeconds).toFixed(2));
  throw refused(FIELD, 'file.clock', { at: Number(jump.atSeconds.toFixed(2)), by, context });
}

async function readVideo(options: FactsOptions, bytes: Buffer, sizeBytes: number): Promise<VideoFacts> {
  const { path, signal } = options;
  const ffprobe = await options.ffprobe();
  const index = await readBoxIndex(path);
  assertWhole(index, sizeBytes);
  assertUnlocked(index);
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
  const soundIndexes = answer.streams.filter((s) => s.codec_type === 'audio').map((s) => s.index);
  const wanted = { ...probe, streamIndex: stream.index, soundIndexes, wholeBytes: index?.wholeBytes ?? null };
  const read = await readAllPackets({ ...wanted, sizeBytes, declaredSeconds });
  if (read.pictures.length === 0) throw refused(FIELD, 'file.noPictures');
  assertOneClock(read.pictures, answer);
  const head = await readDecodedHead({ ffprobe, path, signal, stream, packets: read.pictures });
  const packets = toPictures(read, head);
  if (packets.ptsSeconds.length === 0) throw refused(FIELD, 'file.noPictures');
  return buildVideoFacts({ answer, stream, packets, sounds: read.sounds, index, brand: brandOf(bytes), sizeBytes });
}

/** Throws RestageError: refused (with the rule), sourceUnreadable, toolMissing, deadline, cancelled. */
export async function readFacts(options: FactsOptions): Promise<VideoFacts | ImageFacts> {
  const sizeBytes = await assertReadable(options.path);
  const head = await readHead(options.path).catch((error) => {
    if (['EACCES', 'EPERM'].includes(errno(error))) throw refused(FIELD, 'file.permission');
    throw new RestageError('sourceUnreadable', { detail: String(error), cause: error });
  });
  const kind = sniffKind(head);
  if (kind === 'other') {
    const name = nameOfPicture(head);
    // ffmpeg would take some of them for clips of one picture.
    if (name) throw refused(FIELD, 'file.pictureFormat', { found: name });
    return readVideo(options, head, sizeBytes);
  }
  const image = await options.readImage(options.path, sizeBytes, options.signal);
  // An animated GIF moves: it is a clip.
  return kind === 'gif' && image.pages > 1 ? readVideo(options, head, sizeBytes) : image;
}
