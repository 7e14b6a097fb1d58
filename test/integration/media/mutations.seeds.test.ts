/**
 * Damaged files of every container: a typed error or a legal output, in time, with no process and no file left behind.
 * In `npm test` each kind of damage meets every second container, in turn; the long run has all of them, ten times.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCodes, RestageError } from '../../../shared/errors.ts';
import { clipLimits } from '../../../shared/rules/limits.ts';
import { type ClipOptions, fixtureFfmpeg, h264, makeClip, openWorkshop, type Workshop } from '../../fixtures/media.ts';
import { seededRandom } from '../../fixtures/mediaEdits.ts';
import { isTimeOver, runsOf, thinned } from '../../fixtures/runs.ts';

/** One is enough to notice a change. */
const seedCount = runsOf('MUTATION', { short: 1, long: 10 });
const DEADLINE_MS = 60_000;

const tone = 'sine=frequency=440:sample_rate=44100';
const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '500k'];
const containers: Readonly<Record<string, ClipOptions>> = {
  mp4: { sounds: [tone] },
  mov: { sounds: [tone], audio: ['-c:a', 'pcm_s16le'] },
  mkv: { sounds: [tone] },
  webm: { sounds: [tone], video: vp9, audio: ['-c:a', 'libopus'] },
  ts: { sounds: [tone], video: [...h264, '-bf', '2'] },
};

type Random = () => number;
const at = (random: Random, length: number) => Math.floor(random() * length);

function flip(bytes: Buffer, random: Random): Buffer {
  for (let i = 0; i < 40; i += 1) {
    const place = at(random, bytes.length);
    bytes[place] = (bytes[place] ?? 0) ^ (1 << at(random, 8));
  }
  return bytes;
}

function splice(bytes: Buffer, random: Random): Buffer {
  const [from, to] = [at(random, bytes.length), at(random, bytes.length)];
  const piece = bytes.subarray(from, from + 1 + at(random, 20_000));
  return Buffer.concat([bytes.subarray(0, to), piece, bytes.subarray(to + at(random, 5_000))]);
}

/** Every place where the size of the picture is written, and some of those that say how much follows. */
function declareHuge(bytes: Buffer, random: Random): Buffer {
  const size = Buffer.from([0x01, 0xe0, 0x01, 0x68]); // 480 × 360 as an MP4's sample entry has it.
  for (let place = bytes.indexOf(size); place >= 0; place = bytes.indexOf(size, place + 4)) {
    bytes.writeUInt16BE(65_000, place);
    bytes.writeUInt16BE(65_000, place + 2);
  }
  for (const name of ['stsz', 'stts', 'stco', 'mdhd']) {
    const place = bytes.indexOf(name, 0, 'latin1');
    if (place >= 0 && place + 16 < bytes.length) bytes.writeUInt32BE(0xfffffff0 - at(random, 100), place + 12);
  }
  // Matroska: a track's width and height, two bytes each.
  for (const id of [0xb0, 0xba]) {
    const place = bytes.indexOf(Buffer.from([id, 0x82]));
    if (place >= 0) bytes.writeUInt16BE(65_000, place + 2);
  }
  return bytes;
}

const kinds: Readonly<Record<string, (bytes: Buffer, random: Random) => Buffer>> = {
  truncate: (bytes, random) => bytes.subarray(0, at(random, bytes.length)),
  flip,
  splice,
  'zero-fill': (bytes, random) => {
    const from = at(random, bytes.length);
    return bytes.fill(0, from, Math.min(bytes.length, from + 2_000 + at(random, 30_000)));
  },
  rename: (bytes) => bytes,
  'declare-huge': declareHuge,
};

/** Other names than its own, a picture's among them. */
const otherNames = ['mp4', 'avi', 'jpg', 'm3u8', 'txt', 'heic'];

let shop: Workshop;
const sources = new Map<string, Buffer>();

beforeAll(async () => {
  shop = await openWorkshop();
  const ffmpeg = await fixtureFfmpeg(shop.media);
  for (const [name, clip] of Object.entries(containers)) {
    sources.set(name, await readFile(await makeClip(ffmpeg, shop.path(`whole.${name}`), { frames: 84, ...clip })));
  }
});
afterAll(() => shop.close());

/** Tools that this test's media service started and that still run. */
async function ownTools(): Promise<string[]> {
  if (process.platform === 'win32') return [];
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'ppid=,pid=,comm=']);
  return stdout.split('\n').filter((line) => /ffmpeg|ffprobe/.test(line) && line.trim().startsWith(`${process.pid} `));
}

async function attempt(path: string): Promise<string> {
  const { media } = shop;
  try {
    const facts = await media.readFacts(path);
    if (facts.kind === 'image') {
      if (!media.checkImage(facts).isLegal) return 'refused';
      await media.prepareImage({ source: path, facts });
      return 'image';
    }
    const { plan } = media.planClip(facts, { target: 'motion-video', preset: 'fast' });
    if (!plan) return 'refused';
    const made = await media.prepareClip({ source: path, facts, plan });
    const found = await media.readFacts(made.path);
    if (found.kind !== 'video') throw new Error('no video came out');
    const { minSidePx, maxSidePx, maxBytes, minSeconds, maxSeconds } = clipLimits['motion-video'];
    expect(Math.min(found.width, found.height)).toBeGreaterThanOrEqual(minSidePx);
    expect(Math.max(found.width, found.height)).toBeLessThanOrEqual(maxSidePx);
    expect(found.sizeBytes).toBeLessThanOrEqual(maxBytes);
    expect(found.durationSeconds).toBeGreaterThanOrEqual(minSeconds - 1e-3);
    expect(found.durationSeconds).toBeLessThanOrEqual(maxSeconds + 1e-3);
    return 'made';
  } catch (error) {
    if (!(error instanceof RestageError)) throw error;
    expect(errorCodes).toContain(error.code);
    // Our own fault, or a process that hung: neither is an answer to a damaged file.
    expect(error.code, String(error.message)).not.toBe('internal');
    expect(error.code).not.toBe('deadline');
    return error.code;
  }
}

describe.each(Object.keys(kinds).map((kind, turn) => [kind, turn] as const))('%s', (kind, turn) => {
  it.each(thinned(Object.keys(containers), 3, turn))(
    '%s',
    { timeout: seedCount * DEADLINE_MS * 2 },
    async (container) => {
      const outcomes: string[] = [];
      for (let seed = 1; seed <= seedCount && !isTimeOver(); seed += 1) {
        const random = seededRandom(seed * 7919 + kind.length * 31 + container.length);
        const whole = sources.get(container);
        if (!whole) throw new Error('no source');
        const bytes = kinds[kind]?.(Buffer.from(whole), random);
        const extension = kind === 'rename' ? otherNames[at(random, otherNames.length)] : container;
        const path = shop.path(`${kind}-${seed}-${container}.${extension}`);
        await writeFile(path, bytes ?? whole);
        const startedMs = performance.now();
        outcomes.push(await attempt(path));
        expect(performance.now() - startedMs).toBeLessThan(DEADLINE_MS);
      }
      expect(await ownTools()).toEqual([]);
      const cache = await readdir(join(shop.cacheDir, 'prepared')).catch(() => []);
      expect(cache.filter((name) => name.includes('.part'))).toEqual([]);
      // A name says nothing: every renamed clip is read by its content.
      if (kind === 'rename') expect(new Set(outcomes)).toEqual(new Set(['made']));
    },
  );
});
