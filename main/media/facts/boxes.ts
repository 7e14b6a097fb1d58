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
  /** Its samples are locked: Common Encryption (ISO 14496-12, 8.12), or FairPlay before it. */
  isEncrypted: boolean;
}

export interface BoxIndex {
  /** True when a box or a sample reaches past the end of the file, or the index was never written. */
  isTruncated: boolean;
  /** How many bytes the file should have at least, when the index says so. */
  promisedBytes: number | null;
  hasIndex: boolean;
  /** It declares more boxes, or more edits, than any program writes: made to keep readers busy. */
  isAbsurd: boolean;
  /** Of a file in fragments whose end is missing or strange: where the last whole fragment ends. Null: nothing is cut off. */
  wholeBytes: number | null;
  tracks: TrackIndex[];
  /** Names of what lies in the file's own `udta`, and `XMP_` where a packet of it lies beside the index. */
  userData: string[];
}

export interface Box {
  type: string;
  start: number;
  bodyStart: number;
  end: number;
}

/**
 * A stranger wrote this file: what it declares costs no more than the bytes it has. An index past one of these bounds is left unread,
 * or refused where no program could have made it in earnest.
 */
export const boxLimits = {
  /** No clip that Restage can use has a larger index: ten hours at 60 pictures a second fit twice. */
  indexBytes: 64_000_000,
  /** Boxes beside each other in the file: fragments of half a second make 14,400 an hour. */
  topLevelBoxes: 100_000,
  /** Boxes inside the index: a track has about thirty. */
  indexBoxes: 20_000,
  depth: 12,
  /** Edits of a track that are kept; more than `edits` of them is no cut that a person made. */
  keptEdits: 1_000,
  edits: 50_000,
} as const;
const containerTypes = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'edts']);

/** The file has more of something than any bound allows: nothing is concluded from it. */
class BoundError extends Error {}

/** Lets everything else have its turn: long tables are read in pieces. */
function createPace() {
  const stepsPerTurn = 200_000;
  let steps = 0;
  return async (done: number): Promise<void> => {
    steps += done;
    if (steps < stepsPerTurn) return;
    steps = 0;
    await new Promise((resolve) => setImmediate(resolve));
  };
}
type Pace = ReturnType<typeof createPace>;

/** Reads headers through a small window, so that boxes of a few bytes do not cost a read each. */
export function createHeaderReader(file: FileHandle, fileBytes: number) {
  const window = Buffer.alloc(4096);
  let from = 0;
  let held = 0;
  return async (at: number): Promise<Box | null> => {
    if (at < from || at + 16 > from + held) {
      from = at;
      held = (await file.read(window, 0, window.length, at)).bytesRead;
    }
    const head = window.subarray(at - from, Math.min(held, at - from + 16));
    if (head.length < 8) return null;
    const size32 = head.readUInt32BE(0);
    const type = head.toString('latin1', 4, 8);
    if (size32 === 0) return { type, start: at, bodyStart: at + 8, end: fileBytes };
    if (size32 !== 1) return { type, start: at, bodyStart: at + 8, end: at + size32 };
    if (head.length < 16) return null;
    return { type, start: at, bodyStart: at + 16, end: at + Number(head.readBigUInt64BE(8)) };
  };
}

/** The boxes that lie in `data` between two places; ends at the first that does not fit. */
export function* childBoxes(data: Buffer, from: number, to: number): Generator<Box> {
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
  isEncrypted: boolean;
}

function parseEdits(data: Buffer, box: Box): RawTrack['edits'] {
  const isWide = data.readUInt8(box.bodyStart) === 1;
  const entryBytes = isWide ? 20 : 12;
  const first = box.bodyStart + 8;
  const count = Math.min(data.readUInt32BE(box.bodyStart + 4), Math.floor((box.end - first) / entryBytes));
  if (count > boxLimits.edits) throw new BoundError('edits');
  return Array.from({ length: Math.min(count, boxLimits.keptEdits) }, (_, n) => {
    const at = first + n * entryBytes;
    if (!isWide) return { duration: data.readUInt32BE(at), mediaTime: data.readInt32BE(at + 4) };
    return { duration: Number(data.readBigUInt64BE(at)), mediaTime: Number(data.readBigInt64BE(at + 8)) };
  });
}

/** A table of equal entries: as many as it declares, and never more than its box has room for. */
function entryCount(data: Buffer, box: Box, countAt: number, entryBytes: number): number {
  return Math.min(
    data.readUInt32BE(box.bodyStart + countAt),
    Math.floor((box.end - box.bodyStart - countAt - 4) / entryBytes),
  );
}

/** How many bytes the samples of one chunk after the other take: `take(n)` reads on by n samples. */
function createSampleSizes(data: Buffer, box: Box) {
  const uniform = data.readUInt32BE(box.bodyStart + 4);
  const count = uniform > 0 ? data.readUInt32BE(box.bodyStart + 8) : entryCount(data, box, 8, 4);
  let sample = 0;
  return (wanted: number): { bytes: number; steps: number } => {
    const taken = Math.min(wanted, count - sample);
    sample += taken;
    // Nothing to add up where all have one size: a count alone costs nothing.
    if (uniform > 0) return { bytes: taken * uniform, steps: 1 };
    let bytes = 0;
    for (let n = sample - taken; n < sample; n += 1) bytes += data.readUInt32BE(box.bodyStart + 12 + n * 4);
    return { bytes, steps: 1 + taken };
  };
}

/** The end of the last sample of the track, from its chunk offsets, chunk runs and sample sizes; in steps no more than the tables have bytes. */
async function lastSampleEnd(data: Buffer, tables: Map<string, Box>, pace: Pace): Promise<number> {
  const offsets = tables.get('stco') ?? tables.get('co64');
  const runs = tables.get('stsc');
  const sizes = tables.get('stsz');
  if (!offsets || !runs || !sizes) return 0;
  const isWide = offsets.type === 'co64';
  const chunkCount = entryCount(data, offsets, 4, isWide ? 8 : 4);
  const runCount = entryCount(data, runs, 4, 12);
  const take = createSampleSizes(data, sizes);
  let run = 0;
  let end = 0;
  for (let chunk = 0; chunk < chunkCount && runCount > 0; chunk += 1) {
    while (run + 1 < runCount && data.readUInt32BE(runs.bodyStart + 8 + (run + 1) * 12) <= chunk + 1) run += 1;
    const at = offsets.bodyStart + 8 + chunk * (isWide ? 8 : 4);
    const start = isWide ? Number(data.readBigUInt64BE(at)) : data.readUInt32BE(at);
    const { bytes, steps } = take(data.readUInt32BE(runs.bodyStart + 12 + run * 12));
    end = Math.max(end, start + bytes);
    await pace(steps);
  }
  return end;
}

/** Locked samples: the first entry is called so, and the codec itself lies inside it. */
const isLocked = (data: Buffer, entries: Box | undefined) =>
  entries !== undefined &&
  /^(?:encv|enca|drm[is])$/.test(data.toString('latin1', entries.bodyStart + 12, entries.bodyStart + 16));

function readTrack(data: Buffer, trak: Box, countBox: () => void): { track: RawTrack; tables: Map<string, Box> } {
  const track: RawTrack = { handler: '', mediaScale: 0, edits: [], lastByte: 0, isEncrypted: false };
  const tables = new Map<string, Box>();
  const visit = (parent: Box, depth: number): void => {
    if (depth > boxLimits.depth) throw new BoundError('depth');
    for (const child of childBoxes(data, parent.bodyStart, parent.end)) {
      countBox();
      if (containerTypes.has(child.type)) visit(child, depth + 1);
      else if (child.type === 'hdlr' && !track.handler) {
        track.handler = data.toString('latin1', child.bodyStart + 8, child.bodyStart + 12);
      } else if (child.type === 'mdhd') {
        const isWide = data.readUInt8(child.bodyStart) === 1;
        track.mediaScale = data.readUInt32BE(child.bodyStart + (isWide ? 20 : 12));
      } else if (child.type === 'elst') track.edits = parseEdits(data, child);
      else tables.set(child.type, child);
    }
  };
  visit(trak, 0);
  track.isEncrypted = isLocked(data, tables.get('stsd'));
  return { track, tables };
}

async function parseMovie(data: Buffer): Promise<Pick<BoxIndex, 'tracks' | 'userData'> & { lastByte: number }> {
  const pace = createPace();
  let boxes = 0;
  const countBox = () => {
    boxes += 1;
    if (boxes > boxLimits.indexBoxes) throw new BoundError('boxes');
  };
  let movieScale = 1000;
  const raw: RawTrack[] = [];
  const userData: string[] = [];
  for (const child of childBoxes(data, 0, data.length)) {
    countBox();
    if (child.type === 'mvhd') {
      movieScale = data.readUInt32BE(child.bodyStart + (data.readUInt8(child.bodyStart) === 1 ? 20 : 12)) || 1000;
    } else if (child.type === 'trak') {
      const { track, tables } = readTrack(data, child, countBox);
      raw.push({ ...track, lastByte: await lastSampleEnd(data, tables, pace) });
    } else if (child.type === 'udta') {
      for (const { type } of childBoxes(data, child.bodyStart, child.end)) {
        countBox();
        userData.push(type);
      }
    }
  }
  const tracks = raw.map((track) => ({
    handler: track.handler,
    isEncrypted: track.isEncrypted,
    edits: track.edits.map((edit) => ({
      durationSeconds: edit.duration / movieScale,
      mediaStartSeconds: edit.mediaTime < 0 ? null : edit.mediaTime / (track.mediaScale || 1),
    })),
  }));
  return { tracks, userData, lastByte: Math.max(0, ...raw.map((track) => track.lastByte)) };
}

const openingTypes = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];
/** What a file in fragments is made of behind the first one; a `moof` alone is not yet a fragment. */
const betweenFragments = new Set([
  'mdat',
  'free',
  'skip',
  'sidx',
  'ssix',
  'emsg',
  'styp',
  'prft',
  'mfra',
  'udta',
  'uuid',
]);
const unread: BoxIndex = {
  isTruncated: false,
  isAbsurd: false,
  wholeBytes: null,
  promisedBytes: null,
  hasIndex: true,
  tracks: [],
  userData: [],
};

/** Adobe's programs put their packet here [XMP Specification Part 3, 1.1.1.4]. */
const XMP_UUID = 'be7acfcb97a942e89c71999491e3afac';

async function isXmp(file: FileHandle, box: Box): Promise<boolean> {
  const id = Buffer.alloc(16);
  await file.read(id, 0, 16, box.bodyStart);
  return id.toString('hex') === XMP_UUID;
}

/**
 * Answers null when the file does not begin like an MP4 or MOV. Damaged boxes read as "no index", never as a crash; an index past
 * `boxLimits` is absurd, one that is merely large stays unread.
 */
export async function readBoxIndex(path: string): Promise<BoxIndex | null> {
  const file = await open(path, 'r');
  try {
    const fileBytes = (await file.stat()).size;
    const headerAt = createHeaderReader(file, fileBytes);
    const first = await headerAt(0);
    if (!first || !openingTypes.includes(first.type)) return null;
    let movie: Box | null = null;
    let isFragmented = false;
    let hasXmp = false;
    // The end of the last fragment (`moof` and the `mdat` behind it), and of what may follow it.
    let wholeEnd = 0;
    let lastEnd = 0;
    let at = 0;
    for (let n = 0; at < fileBytes; n += 1) {
      if (n === boxLimits.topLevelBoxes) throw new BoundError('top level');
      const box = await headerAt(at);
      if (!box || box.end <= at) break;
      if (box.type === 'moov') movie = box;
      if (box.type === 'moof') isFragmented = true;
      if (box.type === 'uuid' && !hasXmp) hasXmp = await isXmp(file, box);
      const isWholePiece = wholeEnd > 0 ? betweenFragments.has(box.type) : isFragmented && box.type === 'mdat';
      if (isWholePiece && box.end <= fileBytes) wholeEnd = box.end;
      lastEnd = box.end;
      at = box.end;
    }
    const nothing: BoxIndex = { ...unread, isTruncated: true, promisedBytes: lastEnd, hasIndex: false };
    if (!movie || movie.end > fileBytes) return nothing;
    const bodyBytes = movie.end - movie.bodyStart;
    if (bodyBytes > boxLimits.indexBytes) return unread;
    const data = Buffer.alloc(bodyBytes);
    await file.read(data, 0, bodyBytes, movie.bodyStart);
    const { tracks, userData, lastByte } = await parseMovie(data);
    if (hasXmp) userData.push('XMP_');
    const promisedBytes = isFragmented ? Math.max(lastEnd, lastByte) : lastByte;
    const wholeBytes = wholeEnd > 0 && wholeEnd < fileBytes ? wholeEnd : null;
    return { ...unread, isTruncated: promisedBytes > fileBytes, promisedBytes, wholeBytes, tracks, userData };
  } catch (error) {
    if (error instanceof BoundError) return { ...unread, isAbsurd: true };
    if (error instanceof RangeError) return unread;
    throw error;
  } finally {
    await file.close();
  }
}
