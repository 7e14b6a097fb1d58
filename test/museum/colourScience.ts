/** Colours worked out by the textbook, and profiles that name them: what a converted picture has to look like. Owes nothing to the code under test. */
import type { Rgb } from './draw.ts';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

export interface Space {
  /** RGB to XYZ under D50, as profiles carry it: published values. */
  toXyzD50: Matrix;
  /** A power; null: sRGB's own curve. */
  gamma: number | null;
}

/** Bruce Lindbloom's tables, adapted to D50 by Bradford. */
export const spaces = {
  srgb: {
    toXyzD50: [
      [0.4360747, 0.3850649, 0.1430804],
      [0.2225045, 0.7168786, 0.0606169],
      [0.0139322, 0.0971045, 0.7141733],
    ],
    gamma: null,
  },
  displayP3: {
    toXyzD50: [
      [0.5151187, 0.2919778, 0.1571035],
      [0.2411892, 0.6922441, 0.0665668],
      [-0.0010505, 0.0418791, 0.7840713],
    ],
    gamma: null,
  },
  adobeRgb: {
    toXyzD50: [
      [0.6097559, 0.2052401, 0.149224],
      [0.3111242, 0.625656, 0.0632197],
      [0.0194811, 0.0608902, 0.7448387],
    ],
    gamma: 2.19921875,
  },
  romm: {
    toXyzD50: [
      [0.7976749, 0.1351917, 0.0313534],
      [0.2880402, 0.7118741, 0.0000857],
      [0, 0, 0.82521],
    ],
    gamma: 1.8,
  },
  /** sRGB's colours without a curve: light itself. */
  linear: {
    toXyzD50: [
      [0.4360747, 0.3850649, 0.1430804],
      [0.2225045, 0.7168786, 0.0606169],
      [0.0139322, 0.0971045, 0.7141733],
    ],
    gamma: 1,
  },
} as const satisfies Record<string, Space>;

const fromXyzD50: Matrix = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
];

const times = (m: Matrix, v: Triple): Triple =>
  [m[0], m[1], m[2]].map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as unknown as Triple;
const toLight = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const toCode = (v: number) => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

/** The sRGB value of a colour of another space, clipped to what sRGB can show. */
export function inSrgb(rgb: Rgb, { toXyzD50, gamma }: Space): Rgb {
  const light = rgb.map((v) => (gamma === null ? toLight(v / 255) : (v / 255) ** gamma)) as unknown as Triple;
  const out = times(fromXyzD50, times(toXyzD50, light));
  return out.map((v) => Math.round(255 * toCode(Math.min(1, Math.max(0, v))))) as unknown as Rgb;
}

const fixed = (values: readonly number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [i, value] of values.entries()) bytes.writeInt32BE(Math.round(value * 65_536), i * 4);
  return bytes;
};

/** As old programs write it: version 2, a table of 1024 steps for a curve; `extra` bytes of nothing behind. */
export function profileOf({ toXyzD50, gamma }: Space, name: string, extra = 0): Buffer {
  const curve = Buffer.alloc(12 + 2048);
  curve.write('curv', 0, 'latin1');
  curve.writeUInt32BE(1024, 8);
  for (let i = 0; i < 1024; i += 1) {
    const v = i / 1023;
    curve.writeUInt16BE(Math.round(65_535 * (gamma === null ? toLight(v) : v ** gamma)), 12 + i * 2);
  }
  const letters = Buffer.from(`${name}\0`, 'latin1');
  const description = Buffer.alloc(12 + letters.length + 78 + extra);
  description.write('desc', 0, 'latin1');
  description.writeUInt32BE(letters.length, 8);
  letters.copy(description, 12);
  const xyz = (column: number) =>
    Buffer.concat([Buffer.from('XYZ \0\0\0\0', 'latin1'), fixed(toXyzD50.map((row) => row[column] ?? 0))]);
  const white = Buffer.concat([Buffer.from('XYZ \0\0\0\0', 'latin1'), fixed([0.9642, 1, 0.8249])]);
  const parts: [string, Buffer][] = [
    ['desc', description],
    ['cprt', Buffer.from('text\0\0\0\0none\0', 'latin1')],
    ['wtpt', white],
    ['rXYZ', xyz(0)],
    ['gXYZ', xyz(1)],
    ['bXYZ', xyz(2)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const head = Buffer.alloc(132);
  head.writeUInt32BE(0x02400000, 8);
  head.write('mntrRGB XYZ ', 12, 'latin1');
  head.write('acsp', 36, 'latin1');
  fixed([0.9642, 1, 0.8249]).copy(head, 68);
  head.writeUInt32BE(parts.length, 128);
  let at = head.length + parts.length * 12;
  const [table, bodies]: [Buffer[], Buffer[]] = [[], []];
  for (const [tag, body] of parts) {
    const entry = Buffer.alloc(12);
    entry.write(tag, 0, 'latin1');
    entry.writeUInt32BE(at, 4);
    entry.writeUInt32BE(body.length, 8);
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    table.push(entry);
    bodies.push(padded);
    at += padded.length;
  }
  head.writeUInt32BE(at, 0);
  return Buffer.concat([head, ...table, ...bodies]);
}
