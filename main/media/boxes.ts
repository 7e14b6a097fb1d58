/** Reads the index of an MP4 or MOV by itself: what the index promises against what the file holds, and its edit lists. */
import { type FileHandle, open } from 'node:fs/promises';

interface EditEntry {
  /** In movie time-scale units, as seconds. */
  durationSeconds: number;
  /** Seconds into the media; null for an empty edit (a gap before the picture). */
  mediaStartSeconds: number | null;
}

interface TrackIndex {
  handler: string;
  edits: EditEntry[];
}

export interface BoxIndex {
  /** True when a box or a sample reaches past the end of the file, or the index was never written. */
  isTruncated: boolean;
  /** How many bytes the file should have at least, when the index says so. */
  promisedBytes: number | null;
  hasIndex: boolean;
  tracks: TrackIndex[];
}

interface Box {
  type: string;
  start: number;
  bodyStart: number;
  end: number;
}

/** An index larger than this is not read: no clip that Restage can use has one. */
const MAX_INDEX_BYTES = 64_000_000;
const MAX_TOP_LEVEL_BOXES = 100_000;
const containerTypes = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'edts']);

async function readHeader(file: FileHandle, at: number, fileBytes: number): Promise<Box | null> {
  const head = Buffer.alloc(16);
  const { bytesRead } = await file.read(head, 0, 16, at);
  if (bytesRead < 8) return null;
  const size32 = head.readUInt32BE(0);
  const type = head.toString('latin1', 4, 8);
  if (size32 === 0) return { type, start: at, bodyStart: at + 8, end: fileBytes };
  if (size32 === 1) {
    if (bytesRead < 16) return null;
    return { type, start: at, bodyStart: at + 16, end: at + Number(head.readBigUInt64BE(8)) };
  }
  return { type, start: at, bodyStart: at + 8, end: at + size32 };
}

function* childBoxes(data: Buffer, from: number, to: number): Generator<Box> {
  let at = from;
  while (at + 8 <= to) {
    const size32 = data.readUInt32BE(at);
    const type = data.toString('latin1', at + 4, at + 8);
    const isLarge = size32 === 1 && at + 16 <= to;
    const size = isLarge ? Number(data.readBigUInt64BE(at + 8)) : size32 === 0 ? to - at : size32;
    if (size < 8 || at + size > to) return;
    yield { type, start: at, bodyStart: at + (isLarge ? 16 : 8), end: at + size };
    at += size;
  }
}

interface RawTrack {
  handler: string;
  mediaScale: number;
  edits: { duration: number; mediaTime: number }[];
  lastByte: number;
}

function parseEdits(data: Buffer, box: Box): RawTrack['edits'] {
  const version = data.readUInt8(box.bodyStart);
  const count = data.readUInt32BE(box.bodyStart + 4);
  const entryBytes = version === 1 ? 20 : 12;
  const edits: RawTrack['edits'] = [];
  for (let i = 0, at = box.bodyStart + 8; i < count && at + entryBytes <= box.end; i += 1, at += entryBytes) {
    edits.push(
      version === 1
        ? { duration: Number(data.readBigUInt64BE(at)), mediaTime: Number(data.readBigInt64BE(at + 8)) }
        : { duration: data.readUInt32BE(at), mediaTime: data.readInt32BE(at + 4) },
    );
  }
  return edits;
}

/** The end of the last sample of the track, from its chunk offsets, chunk runs and sample sizes. */
function lastSampleEnd(data: Buffer, tables: Map<string, Box>): number {
  const offsets = tables.get('stco') ?? tables.get('co64');
  const runs = tables.get('stsc');
  const sizes = tables.get('stsz');
  if (!offsets || !runs || !sizes) return 0;
  const isWide = offsets.type === 'co64';
  const chunkCount = Math.min(
    data.readUInt32BE(offsets.bodyStart + 4),
    (offsets.end - offsets.bodyStart - 8) / (isWide ? 8 : 4),
  );
  const runCount = Math.min(data.readUInt32BE(runs.bodyStart + 4), (runs.end - runs.bodyStart - 8) / 12);
  const uniform = data.readUInt32BE(sizes.bodyStart + 4);
  const sampleCount = data.readUInt32BE(sizes.bodyStart + 8);
  const sizeAt = (n: number) => {
    if (uniform > 0) return n < sampleCount ? uniform : 0;
    const at = sizes.bodyStart + 12 + n * 4;
    return at + 4 <= sizes.end ? data.readUInt32BE(at) : 0;
  };
  let sample = 0;
  let run = 0;
  let end = 0;
  for (let chunk = 0; chunk < chunkCount; chunk += 1) {
    while (run + 1 < runCount && data.readUInt32BE(runs.bodyStart + 8 + (run + 1) * 12) <= chunk + 1) run += 1;
    const perChunk = runCount > 0 ? data.readUInt32BE(runs.bodyStart + 12 + run * 12) : 0;
    const at = offsets.bodyStart + 8 + chunk * (isWide ? 8 : 4);
    let position = isWide ? Number(data.readBigUInt64BE(at)) : data.readUInt32BE(at);
    for (let i = 0; i < perChunk && sample < sampleCount; i += 1, sample += 1) position += sizeAt(sample);
    end = Math.max(end, position);
  }
  return end;
}

function parseTrack(data: Buffer, box: Box): RawTrack {
  const track: RawTrack = { handler: '', mediaScale: 0, edits: [], lastByte: 0 };
  const tables = new Map<string, Box>();
  const visit = (parent: Box): void => {
    for (const child of childBoxes(data, parent.bodyStart, parent.end)) {
      if (containerTypes.has(child.type)) visit(child);
      else if (child.type === 'hdlr' && !track.handler) {
        track.handler = data.toString('latin1', child.bodyStart + 8, child.bodyStart + 12);
      } else if (child.type === 'mdhd') {
        const isWide = data.readUInt8(child.bodyStart) === 1;
        track.mediaScale = data.readUInt32BE(child.bodyStart + (isWide ? 20 : 12));
      } else if (child.type === 'elst') track.edits = parseEdits(data, child);
      else tables.set(child.type, child);
    }
  };
  visit(box);
  track.lastByte = lastSampleEnd(data, tables);
  return track;
}

function parseMovie(data: Buffer): { tracks: TrackIndex[]; lastByte: number } {
  let movieScale = 1000;
  const raw: RawTrack[] = [];
  for (const child of childBoxes(data, 0, data.length)) {
    if (child.type === 'mvhd') {
      movieScale = data.readUInt32BE(child.bodyStart + (data.readUInt8(child.bodyStart) === 1 ? 20 : 12)) || 1000;
    } else if (child.type === 'trak') raw.push(parseTrack(data, child));
  }
  const tracks = raw.map((track) => ({
    handler: track.handler,
    edits: track.edits.map((edit) => ({
      durationSeconds: edit.duration / movieScale,
      mediaStartSeconds: edit.mediaTime < 0 ? null : edit.mediaTime / (track.mediaScale || 1),
    })),
  }));
  return { tracks, lastByte: Math.max(0, ...raw.map((track) => track.lastByte)) };
}

/** Answers null when the file does not begin like an MP4 or MOV. Damaged boxes read as "no index", never as a crash. */
export async function readBoxIndex(path: string): Promise<BoxIndex | null> {
  const file = await open(path, 'r');
  try {
    const fileBytes = (await file.stat()).size;
    const first = await readHeader(file, 0, fileBytes);
    if (!first || !['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot'].includes(first.type)) return null;
    let movie: Box | null = null;
    let isFragmented = false;
    let lastEnd = 0;
    let at = 0;
    for (let n = 0; at < fileBytes && n < MAX_TOP_LEVEL_BOXES; n += 1) {
      const box = await readHeader(file, at, fileBytes);
      if (!box || box.end <= at) break;
      if (box.type === 'moov') movie = box;
      if (box.type === 'moof') isFragmented = true;
      lastEnd = box.end;
      at = box.end;
    }
    const nothing: BoxIndex = { isTruncated: true, promisedBytes: lastEnd, hasIndex: false, tracks: [] };
    if (!movie || movie.end > fileBytes) return nothing;
    const bodyBytes = movie.end - movie.bodyStart;
    if (bodyBytes > MAX_INDEX_BYTES) return { ...nothing, isTruncated: false, promisedBytes: null, hasIndex: true };
    const data = Buffer.alloc(bodyBytes);
    await file.read(data, 0, bodyBytes, movie.bodyStart);
    const { tracks, lastByte } = parseMovie(data);
    const promisedBytes = isFragmented ? Math.max(lastEnd, lastByte) : lastByte;
    return { isTruncated: promisedBytes > fileBytes, promisedBytes, hasIndex: true, tracks };
  } catch (error) {
    if (error instanceof RangeError) return { isTruncated: false, promisedBytes: null, hasIndex: true, tracks: [] };
    throw error;
  } finally {
    await file.close();
  }
}
