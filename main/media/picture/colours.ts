/** What a picture says of its colours, as one decision: sRGB, a profile to convert from, or nothing that may be guessed. Pure. */
import { type ColourSpace, makeProfile, type Point, readProfile } from './icc.ts';

/** The numbers of ITU-T H.273, as `nclx` boxes and `cICP` chunks carry them. */
export interface Cicp {
  primaries: number;
  transfer: number;
}

export interface Colours {
  /** Null: sRGB, or grey that reads as it. */
  name: string | null;
  /** What to convert from; null: sRGB, or the decoder's own way (CMYK without a profile). */
  profile: Buffer | null;
  /** hdr: light beyond white, which needs a person's grading · unknown: a combination that nobody can read. */
  problem: 'hdr' | 'unknown' | null;
}

export const sRgb: Colours = { name: null, profile: null, problem: null };

const D65: Point = [0.3127, 0.329];
const srgbPrimaries: ColourSpace['primaries'] = [
  [0.64, 0.33],
  [0.3, 0.6],
  [0.15, 0.06],
];

type Gamut = Omit<ColourSpace, 'gamma'>;
const gamuts: Readonly<Record<number, Gamut>> = {
  1: { name: 'BT.709', white: D65, primaries: srgbPrimaries },
  4: {
    name: 'BT.470 M',
    white: [0.31, 0.316],
    primaries: [
      [0.67, 0.33],
      [0.21, 0.71],
      [0.14, 0.08],
    ],
  },
  5: {
    name: 'BT.470 BG',
    white: D65,
    primaries: [
      [0.64, 0.33],
      [0.29, 0.6],
      [0.15, 0.06],
    ],
  },
  6: {
    name: 'SMPTE 170M',
    white: D65,
    primaries: [
      [0.63, 0.34],
      [0.31, 0.595],
      [0.155, 0.07],
    ],
  },
  7: {
    name: 'SMPTE 240M',
    white: D65,
    primaries: [
      [0.63, 0.34],
      [0.31, 0.595],
      [0.155, 0.07],
    ],
  },
  9: {
    name: 'BT.2020',
    white: D65,
    primaries: [
      [0.708, 0.292],
      [0.17, 0.797],
      [0.131, 0.046],
    ],
  },
  11: {
    name: 'DCI-P3',
    white: [0.314, 0.351],
    primaries: [
      [0.68, 0.32],
      [0.265, 0.69],
      [0.15, 0.06],
    ],
  },
  12: {
    name: 'Display P3',
    white: D65,
    primaries: [
      [0.68, 0.32],
      [0.265, 0.69],
      [0.15, 0.06],
    ],
  },
  22: {
    name: 'EBU 3213',
    white: D65,
    primaries: [
      [0.63, 0.34],
      [0.295, 0.605],
      [0.155, 0.077],
    ],
  },
};

/** Curves of stills: the camera curves of video are shown as sRGB's by every browser. 2: not said. */
const curves: Readonly<Record<number, ColourSpace['gamma']>> = {
  1: 'srgb',
  2: 'srgb',
  4: 2.2,
  5: 2.8,
  6: 'srgb',
  8: 1,
  13: 'srgb',
  14: 'srgb',
  15: 'srgb',
  17: 2.6,
};
const isHdrTransfer = (transfer: number | null) => transfer === 16 || transfer === 18;

export const adobeRgb: ColourSpace = {
  name: 'Adobe RGB',
  white: D65,
  primaries: [
    [0.64, 0.33],
    [0.21, 0.71],
    [0.15, 0.06],
  ],
  gamma: 563 / 256,
};

const made = (space: ColourSpace): Colours => ({ name: space.name, profile: makeProfile(space), problem: null });

export function coloursOfCicp({ primaries, transfer }: Cicp): Colours {
  // 2 is "not said": then a picture is sRGB.
  const gamut = gamuts[primaries === 2 ? 1 : primaries];
  const gamma = curves[transfer];
  if (isHdrTransfer(transfer)) return { name: transfer === 16 ? 'PQ' : 'HLG', profile: null, problem: 'hdr' };
  if (!gamut || gamma === undefined) return { name: `${primaries}/${transfer}`, profile: null, problem: 'unknown' };
  return gamut === gamuts[1] && gamma === 'srgb' ? sRgb : made({ ...gamut, gamma });
}

/** Of a picture with so many channels; a profile that is damaged or not its kind is left aside, as browsers do. */
export function coloursOfProfile(icc: Buffer | null | undefined, channels: number): Colours | null {
  const facts = icc ? readProfile(icc) : null;
  if (!icc || !facts || facts.channels !== channels) return null;
  if (isHdrTransfer(facts.transfer)) return { name: facts.name, profile: null, problem: 'hdr' };
  return facts.isSrgb ? sRgb : { name: facts.name, profile: icc, problem: null };
}

export const coloursOfAdobeRgb = (): Colours => made(adobeRgb);

const near = (a: number, b: number, by: number) => Math.abs(a - b) <= by;

/** What a PNG says with numbers alone. */
export function coloursOfGamma(gamma: number | null, chromaticities: readonly number[] | null): Colours {
  const [wx = 0, wy = 0, rx = 0, ry = 0, gx = 0, gy = 0, bx = 0, by = 0] = (chromaticities ?? []).map(
    (v) => v / 100_000,
  );
  const given: Point[] = [
    [wx, wy],
    [rx, ry],
    [gx, gy],
    [bx, by],
  ];
  const known: Point[] = [D65, ...srgbPrimaries];
  const isPlain =
    chromaticities === null ||
    given.some(([x, y]) => x <= 0 || y <= 0 || x + y > 1.2) ||
    given.every(([x, y], i) => near(x, known[i]?.[0] ?? 0, 0.003) && near(y, known[i]?.[1] ?? 0, 0.003));
  // 1/2.2: what programs write that mean sRGB.
  const isUsual = gamma === null || gamma === 0 || near(gamma, 45_455, 600);
  if (isPlain && isUsual) return sRgb;
  const power: ColourSpace['gamma'] = isUsual ? 'srgb' : 100_000 / (gamma ?? 45_455);
  const [white, ...primaries] = isPlain ? known : given;
  const name = `gamma ${(100_000 / (gamma || 45_455)).toFixed(2)}`;
  const [red = D65, green = D65, blue = D65] = primaries;
  return made({ name, white: white ?? D65, primaries: [red, green, blue], gamma: power });
}
