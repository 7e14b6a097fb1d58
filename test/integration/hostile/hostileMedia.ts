/** Files made to mislead, to stall or to break whoever reads them, each from a seed; `world` says what they try to reach. */
import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { box, editList, fileType, movie, track, u32 } from '../../fixtures/boxes.ts';

export interface World {
  folder: string;
  /** A green picture, a green clip and a text, which no hostile file may bring to light. */
  canary: { picture: string; clip: string; text: string };
  /** Nobody may call here. */
  port: number;
  /** A good clip and picture to be damaged. */
  good: { clip: Buffer; picture: Buffer };
  random: () => number;
}

type Content = string | Uint8Array | ((file: string) => void | Promise<void>);
type Kind = readonly [name: string, extension: string, make: (world: World) => Content];

const url = ({ port }: World, name: string) => `http://127.0.0.1:${port}/${name}`;
const pick = <T>({ random }: World, values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
const some = ({ random }: World, most: number) => 1 + Math.floor(random() * most);

function damaged(world: World, bytes: Buffer, count = 20): Buffer {
  const copy = Buffer.from(bytes);
  for (let n = 0; n < count; n += 1) copy[Math.floor(world.random() * copy.length)] = Math.floor(world.random() * 256);
  return copy;
}
/** Damage where a film's index lies. */
function damagedIndex(world: World): Buffer {
  const copy = Buffer.from(world.good.clip);
  const start = copy.indexOf('moov');
  for (let n = 0; n < 12; n += 1) {
    const at = start + 8 + Math.floor(world.random() * (copy.length - start - 12));
    copy.writeUInt32BE(pick(world, [0, 1, 8, 0x7fff_ffff, 0xffff_ffff, 0xffff]), Math.min(at, copy.length - 4));
  }
  return copy;
}
const chunk = (type: string, body: Uint8Array) => {
  const length = u32(body.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), body, u32(0)]);
};
const png = (width: number, height: number, data: Uint8Array, more: Uint8Array = Buffer.alloc(0)) =>
  Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.concat([u32(width, height), Buffer.from([8, 2, 0, 0, 0])])),
    more,
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);

const svg = (inside: string, head = '') =>
  `${head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="640" height="480"><rect width="640" height="480" fill="#f00"/>${inside}</svg>`;
const reach = (world: World) =>
  pick(world, [
    world.canary.picture,
    `file://${world.canary.picture}`,
    path.basename(world.canary.picture),
    url(world, 'p.png'),
  ]);
/** Each element uses the one before it many times. */
function laughs(depth: number): string {
  let text = '<defs><rect id="l0" width="9" height="9"/>';
  for (let n = 1; n <= depth; n += 1) text += `<g id="l${n}">${`<use href="#l${n - 1}"/>`.repeat(10)}</g>`;
  return `${text}</defs><use href="#l${depth}"/>`;
}
const gif = (width: number, height: number, frames: number) =>
  Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    Buffer.from([width & 255, width >> 8, height & 255, height >> 8, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
    ...Array.from({ length: frames }, () =>
      Buffer.from([0x2c, 0, 0, 0, 0, width & 255, width >> 8, height & 255, height >> 8, 0, 2, 2, 0x44, 1, 0]),
    ),
    Buffer.from([0x3b]),
  ]);

const tables = {
  runs: [[1, 2, 1]] as const,
  uniformBytes: 0,
  sampleCount: 4,
  sampleBytes: [9, 9, 9, 9],
  chunkOffsets: [48, 70],
};
const film = (...tracks: Buffer[]) => Buffer.concat([fileType(), movie(...tracks), box('mdat', Buffer.alloc(900))]);
/** A track whose samples lie in another file. */
const referring = (world: World) => {
  const name = pick(world, [`file://${world.canary.clip}`, url(world, 'd.mp4'), world.canary.clip]);
  const copy = Buffer.from(world.good.clip);
  const at = copy.indexOf('url ');
  const entry = box('url ', u32(0), Buffer.from(`${name}\0`));
  return Buffer.concat([copy.subarray(0, Math.max(0, at - 4)), entry, copy.subarray(at + 8)]);
};
const nest = (type: string, depth: number) => {
  let inner = box('free');
  for (let n = 0; n < depth; n += 1) inner = box(type, inner);
  return inner;
};

const kinds: readonly Kind[] = [
  [
    'playlist',
    'm3u8',
    (w) => `#EXTM3U\n#EXTINF:4,\n${pick(w, [w.canary.clip, url(w, 'a.ts'), 'canary.mp4'])}\n#EXT-X-ENDLIST\n`,
  ],
  [
    'playlist key',
    'mp4',
    (w) => `#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="${url(w, 'k')}"\n#EXTINF:1,\nfile:${w.canary.text}\n`,
  ],
  ['concat', 'txt', (w) => `ffconcat version 1.0\nfile '${pick(w, [w.canary.clip, 'canary.mp4', url(w, 'c')])}'\n`],
  [
    'dash',
    'mpd',
    (w) =>
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><AdaptationSet><Representation><BaseURL>${url(w, 'x')}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
  ],
  [
    'session',
    'sdp',
    (w) =>
      `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${w.port} RTP/AVP 96\na=rtpmap:96 H264/90000\n`,
  ],
  ['asx', 'asf', (w) => `<asx version="3"><entry><ref href="${url(w, 'a')}"/></entry></asx>`],
  ['subtitles', 'srt', (w) => `1\n00:00:00,000 --> 00:00:04,000\n<img src="${url(w, 's')}">\n`],
  ['image sequence', 'txt', (w) => `file:${path.dirname(w.canary.picture)}/%d.png`],
  ['data reference', 'mov', referring],
  [
    'absurd samples',
    'mp4',
    (w) =>
      film(
        ...Array<Buffer>(some(w, 60)).fill(
          track({ ...tables, runs: [[1, 0xffff_ffff, 1]], uniformBytes: 1, sampleCount: 0xffff_ffff }),
        ),
      ),
  ],
  [
    'many samples',
    'mp4',
    (w) =>
      film(track({ ...tables, runs: [[1, 5_000_000 * some(w, 16), 1]], uniformBytes: 0, sampleCount: 80_000_000 })),
  ],
  ['edits', 'mov', (w) => film(track(tables, { edits: editList(some(w, 300_000), 0xffff_ffff) }))],
  ['nest of boxes', 'mp4', (w) => film(box('trak', nest(pick(w, ['edts', 'trak', 'mdia', 'udta']), some(w, 20_000))))],
  ['tiny boxes', 'mp4', (w) => Buffer.concat([fileType(), ...Array<Buffer>(some(w, 120_000)).fill(box('free'))])],
  ['tiny boxes inside', 'mp4', (w) => film(box('trak', ...Array<Buffer>(some(w, 120_000)).fill(box('free'))))],
  ['damaged index', 'mp4', damagedIndex],
  ['damaged clip', 'mp4', (w) => damaged(w, w.good.clip, some(w, 400))],
  ['truncated clip', 'mp4', (w) => w.good.clip.subarray(0, Math.floor(w.good.clip.length * w.random()))],
  ['clip in a clip', 'mkv', (w) => Buffer.concat([Buffer.from('1a45dfa3', 'hex'), damaged(w, w.good.clip)])],
  [
    'matroska sizes',
    'mkv',
    () =>
      Buffer.concat([
        Buffer.from('1a45dfa3a34286810142f7810142f2810442f381084282886d6174726f736b61', 'hex'),
        Buffer.from('18538067ffffffffffffffff1654ae6708ffffffff', 'hex'),
        Buffer.alloc(5000, 0xae),
      ]),
  ],
  [
    'transport stream',
    'ts',
    (w) =>
      Buffer.concat(
        Array.from({ length: 500 }, () => Buffer.concat([Buffer.from([0x47]), damaged(w, Buffer.alloc(187), 187)])),
      ),
  ],
  [
    'riff',
    'avi',
    (w) =>
      Buffer.concat([
        Buffer.from('RIFF\xff\xff\xff\xffAVI LIST\xff\xff\xff\x7fhdrl', 'latin1'),
        damaged(w, Buffer.alloc(3000), 2000),
      ]),
  ],
  ['png of nothing', 'png', () => png(0x7fff_ffff, 0x7fff_ffff, deflateSync(Buffer.alloc(10)))],
  ['png bomb', 'png', () => png(9_000, 9_000, deflateSync(Buffer.alloc(9_000 * 27_001), { level: 1 }))],
  [
    'png text bomb',
    'png',
    (w) =>
      png(
        320,
        320,
        deflateSync(Buffer.alloc(320 * 961)),
        chunk(
          'iTXt',
          Buffer.concat([
            Buffer.from('XML:com.adobe.xmp\0\x01\0\0\0'),
            deflateSync(Buffer.alloc(some(w, 60) * 1_000_000)),
          ]),
        ),
      ),
  ],
  ['png cut off', 'png', (w) => png(640, 640, deflateSync(Buffer.alloc(640 * 1921)).subarray(0, some(w, 50)))],
  ['gif of frames', 'gif', (w) => gif(pick(w, [1, 400, 60_000]), pick(w, [1, 400, 60_000]), some(w, 4_000))],
  ['gif damaged', 'gif', (w) => damaged(w, gif(400, 400, 20), 30)],
  [
    'webp',
    'webp',
    (w) =>
      Buffer.concat([
        Buffer.from('RIFF\xff\xff\xff\xffWEBPVP8X\x0a\0\0\0\xff\0\0\0\xff\xff\xff\xff\xff\xff', 'latin1'),
        damaged(w, Buffer.alloc(400), 300),
      ]),
  ],
  [
    'tiff in circles',
    'tif',
    (w) =>
      Buffer.concat([
        Buffer.from('II*\0\x08\0\0\0\x01\0\0\x01\x04\0\x01\0\0\0', 'latin1'),
        u32(some(w, 9) << 24),
        Buffer.from('\x08\0\0\0', 'latin1'),
      ]),
  ],
  [
    'heic',
    'heic',
    (w) =>
      Buffer.concat([
        box('ftyp', Buffer.from('heic'), u32(0), Buffer.from('mif1heic')),
        box('meta', u32(0), damaged(w, Buffer.alloc(3000), 2000)),
      ]),
  ],
  ['jpeg damaged', 'jpg', (w) => damaged(w, w.good.picture, some(w, 40))],
  ['jpeg cut off', 'jpg', (w) => w.good.picture.subarray(0, Math.floor(w.good.picture.length * w.random()))],
  ['svg neighbour', 'svg', (w) => svg(`<image xlink:href="${reach(w)}" width="640" height="480"/>`)],
  [
    'svg inclusion',
    'svg',
    (w) =>
      svg(
        `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="${pick(w, [w.canary.text, 'canary.txt', url(w, 'i')])}"/>`,
      ),
  ],
  [
    'svg entity',
    'svg',
    (w) =>
      svg('<text y="99" font-size="40">&e;</text>', `<!DOCTYPE svg [<!ENTITY e SYSTEM "file://${w.canary.text}">]>`),
  ],
  ['svg laughs', 'svg', (w) => svg(laughs(3 + some(w, 6)))],
  [
    'svg lol',
    'svg',
    () =>
      svg(
        '<text>&z;</text>',
        `<!DOCTYPE svg [<!ENTITY a "lollol">${Array.from('bcdefghijz', (c, n) => `<!ENTITY ${c} "${`&${'abcdefghij'[n]};`.repeat(10)}">`).join('')}]>`,
      ),
  ],
  [
    'svg filters',
    'svg',
    (w) =>
      svg(
        `<filter id="f">${'<feGaussianBlur stdDeviation="900"/><feTurbulence baseFrequency="0.9" numOctaves="200"/>'.repeat(some(w, 60))}</filter><rect width="640" height="480" filter="url(#f)"/>`,
      ),
  ],
  ['svg nest', 'svg', (w) => svg(`${'<g>'.repeat(some(w, 90_000))}`)],
  ['svg size', 'svg', (w) => svg('').replace('width="640"', `width="${pick(w, ['1e9', '99999999', '-5', '1e-9'])}"`)],
  ['comments', 'svg', (w) => `${'<!---->'.repeat(20 + some(w, 60))}<html>`],
  ['page', 'html', (w) => `<!doctype html><script src="${url(w, 'x.js')}"></script><svg>`],
  ['deep json', 'json', (w) => '['.repeat(some(w, 2_000_000))],
  ['pipe', 'mp4', () => (file) => void execFileSync('mkfifo', [file])],
  [
    'device',
    'mp4',
    (w) => (file) => symlink(pick(w, ['/dev/zero', '/dev/random', '/dev/tty', '/proc/self/mem']), file),
  ],
  ['circle', 'mp4', () => (file) => symlink(file, file)],
  ['folder', 'mp4', () => async (file) => void (await mkdir(file))],
  [
    'hole',
    'mp4',
    (w) => async (file) => {
      await writeFile(file, fileType());
      await truncate(file, some(w, 40) * 100_000_000);
    },
  ],
  ['nothing', 'mov', () => ''],
  ['long name', `${'n'.repeat(200)}.mp4`, (w) => w.good.clip.subarray(0, 900)],
  ['hidden name \u202egnp', 'exe', (w) => w.good.picture],
];

/** Writes number `n` of them; its kind follows from `n`, the rest from the seed. Answers where it lies. */
export async function writeHostile(world: World, n: number): Promise<{ kind: string; file: string }> {
  const [kind, extension, make] = kinds[n % kinds.length] as Kind;
  const file = path.join(world.folder, `${n} ${kind}.${extension}`);
  const content = make(world);
  if (typeof content === 'function') await content(file);
  else await writeFile(file, content);
  return { kind, file };
}
