/** The kinds of copies for the timeline: what each is made with, the tag it must carry, and how large it becomes. Pure. */

export const conformPresetIds = ['prores422', 'prores-hq', 'prores-lt', 'dnxhr-sq', 'dnxhr-hq', 'h264'] as const;
export type ConformPresetId = (typeof conformPresetIds)[number];

export interface ConformPreset {
  container: 'mov' | 'mp4';
  /** The encoder of ffmpeg, and its own name for the profile. */
  encoder: 'prores_ks' | 'dnxhd' | 'libx264';
  profile: string;
  /** As ffprobe names the codec and the profile of what was made. */
  codec: 'prores' | 'dnxhd' | 'h264';
  profileName: string;
  /** The four characters by which editing programs know it. */
  tag: string;
  pixelFormat: string;
  /** At 1920×1080 and 30 pictures a second, by Apple’s and Avid’s tables; H.264: more than it needs for grainy pictures. */
  bitsPerSecond: number;
  /** How far noise drives the encoder over that, measured; DNxHR is as large as its table says, whatever it shows. */
  overshoot: number;
  minWidth: number;
  minHeight: number;
}

const prores = {
  container: 'mov',
  encoder: 'prores_ks',
  codec: 'prores',
  pixelFormat: 'yuv422p10le',
  overshoot: 1.65,
} as const;
const avid = { container: 'mov', encoder: 'dnxhd', codec: 'dnxhd', tag: 'AVdh', pixelFormat: 'yuv422p' } as const;
const dnxhr = { ...avid, overshoot: 1.02 } as const;
const anySize = { minWidth: 16, minHeight: 16 };
/** Avid’s own lower bound for DNxHR. */
const avidSize = { minWidth: 256, minHeight: 120 };

export const conformPresets: Readonly<Record<ConformPresetId, ConformPreset>> = {
  prores422: {
    ...{ ...prores, ...anySize, tag: 'apcn', profile: 'standard', profileName: 'Standard' },
    bitsPerSecond: 147_000_000,
  },
  'prores-hq': { ...prores, ...anySize, tag: 'apch', profile: 'hq', profileName: 'HQ', bitsPerSecond: 220_000_000 },
  'prores-lt': { ...prores, ...anySize, tag: 'apcs', profile: 'lt', profileName: 'LT', bitsPerSecond: 102_000_000 },
  'dnxhr-sq': { ...dnxhr, ...avidSize, profile: 'dnxhr_sq', profileName: 'DNXHR SQ', bitsPerSecond: 145_000_000 },
  'dnxhr-hq': { ...dnxhr, ...avidSize, profile: 'dnxhr_hq', profileName: 'DNXHR HQ', bitsPerSecond: 220_000_000 },
  h264: {
    ...{ container: 'mp4', encoder: 'libx264', codec: 'h264', pixelFormat: 'yuv420p', tag: 'avc1' },
    ...{ ...anySize, profile: 'high', profileName: 'High', bitsPerSecond: 60_000_000 },
    overshoot: 1.65,
  },
};

const TABLE_PIXELS_PER_SECOND = 1920 * 1080 * 30;
/** Slices and headers, which small pictures have as large ones do. */
const BYTES_PER_FRAME = 6_000;
const HEADER_BYTES = 200_000;
/** 24-bit stereo at 48 kHz for each pair of channels. */
const SOUND_BYTES_PER_SECOND = 300_000;

/** What has to be free before a copy is begun, in bytes: rather too much than too little. */
export function estimateConformBytes(
  preset: ConformPresetId,
  copy: { width: number; height: number; frameCount: number; seconds: number; hasSound: boolean },
): number {
  const pixels = copy.width * copy.height * copy.frameCount;
  const { bitsPerSecond, overshoot } = conformPresets[preset];
  const bits = (bitsPerSecond * overshoot * pixels) / TABLE_PIXELS_PER_SECOND;
  const sound = copy.hasSound ? SOUND_BYTES_PER_SECOND * copy.seconds : 0;
  return Math.ceil(bits / 8 + copy.frameCount * BYTES_PER_FRAME + sound + HEADER_BYTES);
}

export interface ConformSize {
  width: number;
  height: number;
}

export interface ConformGeometry extends ConformSize {
  /** The picture itself, inside the bars. */
  picture: ConformSize & { x: number; y: number };
}

const even = (value: number) => Math.max(2, Math.round(value / 2) * 2);
const evenBelow = (value: number) => Math.max(2, Math.floor(value / 2) * 2);

/**
 * Pixels of the copy. `shown`: the result as a player shows it. `pad`: exactly the sequence, with bars; `scale`: the largest that
 * lies inside it. Every side is even: no editing codec stores half a pair of colours.
 */
export function conformGeometry(
  shown: ConformSize,
  size: ConformSize | undefined,
  fit: 'scale' | 'pad',
): ConformGeometry {
  if (!size) {
    const own = { width: evenBelow(shown.width), height: evenBelow(shown.height) };
    return { ...own, picture: { ...own, x: 0, y: 0 } };
  }
  const factor = Math.min(size.width / shown.width, size.height / shown.height);
  const width = Math.min(size.width, even(shown.width * factor));
  const height = Math.min(size.height, even(shown.height * factor));
  if (fit === 'scale') return { width, height, picture: { width, height, x: 0, y: 0 } };
  // Bars of an even width: colours are stored for pairs of pixels.
  const x = Math.floor((size.width - width) / 4) * 2;
  const y = Math.floor((size.height - height) / 4) * 2;
  return { ...size, picture: { width, height, x, y } };
}
