/** ICC profiles: what one says, whether it is sRGB under another name, and one made for colours that a file names without a profile. */

export interface ProfileFacts {
  name: string;
  channels: 1 | 3 | 4;
  isSrgb: boolean;
  /** Its own word on the coding of light (tag `cicp`), where there is one. */
  transfer: number | null;
}

type Triple = readonly [number, number, number];

const CHANNELS: Readonly<Record<string, 1 | 3 | 4>> = { 'RGB ': 3, GRAY: 1, CMYK: 4 };
const MAX_TAGS = 200;
const D50: Triple = [0.9642, 1, 0.8249];
const srgbColumns: Readonly<Record<string, Triple>> = {
  rXYZ: [0.4361, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7141],
};

const fixed = (bytes: Buffer, at: number) => bytes.readInt32BE(at) / 65_536;
export const srgbToLight = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);

function readTags(icc: Buffer): Map<string, Buffer> {
  const tags = new Map<string, Buffer>();
  const count = Math.min(icc.readUInt32BE(128), MAX_TAGS);
  for (let i = 0; i < count; i += 1) {
    const at = 132 + i * 12;
    if (at + 12 > icc.length) break;
    const [from, size] = [icc.readUInt32BE(at + 4), icc.readUInt32BE(at + 8)];
    if (from + size <= icc.length) tags.set(icc.toString('latin1', at, at + 4), icc.subarray(from, from + size));
  }
  return tags;
}

function readName(tag: Buffer | undefined): string {
  if (!tag || tag.length < 16) return '';
  const type = tag.toString('latin1', 0, 4);
  if (type === 'desc') return tag.toString('latin1', 12, 12 + Math.max(0, tag.readUInt32BE(8) - 1));
  if (type !== 'mluc' || tag.length < 28) return '';
  const [size, from] = [tag.readUInt32BE(20), tag.readUInt32BE(24)];
  return from + size <= tag.length && size % 2 === 0
    ? Buffer.from(tag.subarray(from, from + size))
        .swap16()
        .toString('utf16le')
    : '';
}

/** The curve of a tag as a function, or null when it is none that is simple. */
function readCurve(tag: Buffer | undefined): ((v: number) => number) | null {
  if (!tag || tag.length < 12) return null;
  const type = tag.toString('latin1', 0, 4);
  if (type === 'curv') {
    const count = tag.readUInt32BE(8);
    if (count === 0) return (v) => v;
    if (tag.length < 12 + count * 2) return null;
    if (count === 1) return (v) => v ** (tag.readUInt16BE(12) / 256);
    return (v) => tag.readUInt16BE(12 + Math.round(v * (count - 1)) * 2) / 65_535;
  }
  const needed = [16, 24, 28, 32, 40][tag.readUInt16BE(8)];
  if (type !== 'para' || needed === undefined || tag.length < needed) return null;
  const form = tag.readUInt16BE(8);
  const [g = 1, a = 1, b = 0, c = 0, d = 0] = Array.from({ length: (needed - 12) / 4 }, (_, i) =>
    fixed(tag, 12 + i * 4),
  );
  if (form === 0) return (v) => v ** g;
  return form >= 3 ? (v) => (v >= d ? (a * v + b) ** g : c * v) : null;
}

/** Curves within what an eye could not tell from sRGB's. */
function isSrgbCurve(tag: Buffer | undefined): boolean {
  const curve = readCurve(tag);
  return curve !== null && [0.02, 0.1, 0.25, 0.5, 0.75, 0.95].every((v) => Math.abs(curve(v) - srgbToLight(v)) < 0.003);
}

function isSrgbColumn(tag: Buffer | undefined, wanted: Triple): boolean {
  return tag !== undefined && tag.length >= 20 && wanted.every((w, i) => Math.abs(fixed(tag, 8 + i * 4) - w) < 0.003);
}

/** Null: damaged, or of a kind no picture has: what browsers leave aside. */
export function readProfile(icc: Buffer): ProfileFacts | null {
  if (icc.length < 132 || icc.toString('latin1', 36, 40) !== 'acsp' || icc.readUInt32BE(0) > icc.length) return null;
  const channels = CHANNELS[icc.toString('latin1', 16, 20)];
  if (!channels) return null;
  const tags = readTags(icc);
  const hasTable = tags.has('A2B0');
  const hasMatrix = ['rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC'].every((tag) => tags.has(tag));
  if (channels === 4 ? !hasTable : channels === 1 ? !tags.has('kTRC') && !hasTable : !hasMatrix && !hasTable)
    return null;
  const isSrgb =
    !hasTable &&
    (channels === 1
      ? isSrgbCurve(tags.get('kTRC'))
      : Object.entries(srgbColumns).every(([tag, wanted]) => isSrgbColumn(tags.get(tag), wanted)) &&
        ['rTRC', 'gTRC', 'bTRC'].every((tag) => isSrgbCurve(tags.get(tag))));
  const cicp = tags.get('cicp');
  // What is shown to people: no control characters, not longer than a line.
  const name = readName(tags.get('desc'))
    .replace(/[^\p{L}\p{N}\p{P}\p{Zs}]/gu, '')
    .trim()
    .slice(0, 60);
  return { name: name || 'ICC', channels, isSrgb, transfer: cicp && cicp.length >= 12 ? (cicp[9] ?? null) : null };
}

type Matrix = readonly [Triple, Triple, Triple];
const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const times = (m: Matrix, v: Triple): Triple => [dot(m[0], v), dot(m[1], v), dot(m[2], v)];
const columns = (a: Triple, b: Triple, c: Triple): Matrix => [
  [a[0], b[0], c[0]],
  [a[1], b[1], c[1]],
  [a[2], b[2], c[2]],
];

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const [p, q, r] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const det = a * p + b * q + c * r;
  return [
    [p / det, (c * h - b * i) / det, (b * f - c * e) / det],
    [q / det, (a * i - c * g) / det, (c * d - a * f) / det],
    [r / det, (b * g - a * h) / det, (a * e - b * d) / det],
  ];
}

export type Point = readonly [x: number, y: number];
const toXyz = ([x, y]: Point): Triple => [x / y, 1, (1 - x - y) / y];

const bradford: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

/** Red, green and blue as ICC wants them: under the light of D50. */
function adaptedColumns(white: Point, primaries: readonly [Point, Point, Point]): Triple[] {
  const [r, g, b] = [toXyz(primaries[0]), toXyz(primaries[1]), toXyz(primaries[2])];
  const scale = times(inverse(columns(r, g, b)), toXyz(white));
  const [from, to] = [times(bradford, toXyz(white)), times(bradford, D50)];
  const back = inverse(bradford);
  const adapt = (v: Triple): Triple => {
    const cone = times(bradford, v);
    return times(back, [(cone[0] * to[0]) / from[0], (cone[1] * to[1]) / from[1], (cone[2] * to[2]) / from[2]]);
  };
  return [r, g, b].map((v, i) => adapt([v[0] * (scale[i] ?? 0), v[1] * (scale[i] ?? 0), v[2] * (scale[i] ?? 0)]));
}

const numbers = (values: readonly number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [i, value] of values.entries()) bytes.writeInt32BE(Math.round(value * 65_536), i * 4);
  return bytes;
};
const typed = (type: string, ...parts: Buffer[]) => Buffer.concat([Buffer.from(`${type}\0\0\0\0`, 'latin1'), ...parts]);

function text(value: string): Buffer {
  const letters = Buffer.from(value, 'utf16le').swap16();
  const head = Buffer.alloc(20);
  head.writeUInt32BE(1, 0);
  head.writeUInt32BE(12, 4);
  head.write('enUS', 8, 'latin1');
  head.writeUInt32BE(letters.length, 12);
  head.writeUInt32BE(28, 16);
  return typed('mluc', head, letters);
}

export interface ColourSpace {
  name: string;
  white: Point;
  primaries: readonly [Point, Point, Point];
  /** A power, or sRGB's own curve. */
  gamma: number | 'srgb';
}

/** A matrix profile (ICC.1:2010, version 4.3) of these colours. */
export function makeProfile({ name, white, primaries, gamma }: ColourSpace): Buffer {
  const [form, values] = gamma === 'srgb' ? [3, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]] : [0, [gamma]];
  const curve = typed('para', Buffer.from([0, form, 0, 0]), numbers(values));
  const [red, green, blue] = adaptedColumns(white, primaries).map((column) => typed('XYZ ', numbers(column)));
  const tags: [string, Buffer | undefined][] = [
    ['desc', text(name)],
    ['cprt', text('none')],
    ['wtpt', typed('XYZ ', numbers(D50))],
    ...([
      ['rXYZ', red],
      ['gXYZ', green],
      ['bXYZ', blue],
    ] as [string, Buffer | undefined][]),
    ...(['rTRC', 'gTRC', 'bTRC'].map((tag) => [tag, curve]) as [string, Buffer][]),
  ];
  const head = Buffer.alloc(132);
  head.writeUInt32BE(0x04300000, 8);
  head.write('mntrRGB XYZ ', 12, 'latin1');
  head.write('acsp', 36, 'latin1');
  numbers(D50).copy(head, 68);
  head.writeUInt32BE(tags.length, 128);
  const [table, data]: [Buffer[], Buffer[]] = [[], []];
  let at = head.length + tags.length * 12;
  for (const [tag, body = Buffer.alloc(0)] of tags) {
    const entry = Buffer.alloc(12);
    entry.write(tag, 0, 'latin1');
    entry.writeUInt32BE(at, 4);
    entry.writeUInt32BE(body.length, 8);
    const room = Buffer.alloc((4 - (body.length % 4)) % 4);
    table.push(entry);
    data.push(body, room);
    at += body.length + room.length;
  }
  head.writeUInt32BE(at, 0);
  return Buffer.concat([head, ...table, ...data]);
}
