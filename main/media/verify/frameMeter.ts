/** Measures how small decoded pictures differ from their neighbours; feeds on raw 4:2:0 bytes as they come. Pure. */

export interface FrameSignals {
  /** How much picture n differs from n-1 as a cut would: colours and places at once (0..1); 0 for the first. */
  change: number[];
  /** The least difference across the change at n, looking up to five pictures further: small when a flash comes and goes. */
  bridge: number[];
  /** Mean difference of brightness to n-1, 0..1. */
  motion: number[];
  /** Mean brightness, 0..1. */
  brightness: number[];
  /** The share of pixels that are not black. */
  litShare: number[];
}

interface Picture {
  luma: Uint8Array;
  /** One after the other: brightness of four quarters, then both colour differences. */
  histogram: Float64Array;
}

const LUMA_BINS = 12;
const CHROMA_BINS = 10;
const QUARTERS = 4;
const LOOK_PICTURES = 5;
/** Limited range: 16 is black, and a little above it is still no picture. */
const BLACK_LUMA = 32;

/** Shares an entry between the two bins it lies between: a small drift in brightness is a small distance. */
function addSoftly(histogram: Float64Array, offset: number, bins: number, value: number, weight: number): void {
  const place = (value / 255) * (bins - 1);
  const low = Math.floor(place);
  const share = place - low;
  histogram[offset + low] = (histogram[offset + low] ?? 0) + weight * (1 - share);
  if (share > 0) histogram[offset + low + 1] = (histogram[offset + low + 1] ?? 0) + weight * share;
}

function describe(data: Uint8Array, width: number, height: number): Picture {
  const histogram = new Float64Array(QUARTERS * LUMA_BINS + 2 * CHROMA_BINS);
  const luma = data.slice(0, width * height);
  // Brightness counts for half, each colour difference for a quarter.
  const lumaWeight = 0.5 / luma.length;
  for (let y = 0; y < height; y += 1) {
    const below = y >= height / 2 ? 2 : 0;
    for (let x = 0; x < width; x += 1) {
      const quarter = below + (x >= width / 2 ? 1 : 0);
      addSoftly(histogram, quarter * LUMA_BINS, LUMA_BINS, luma[y * width + x] ?? 0, lumaWeight);
    }
  }
  const chroma = data.subarray(luma.length);
  const half = chroma.length / 2;
  for (let i = 0; i < chroma.length; i += 1) {
    const offset = QUARTERS * LUMA_BINS + (i < half ? 0 : CHROMA_BINS);
    // Colour differences seldom leave the middle of their range: it is spread.
    const spread = Math.min(255, Math.max(0, ((chroma[i] ?? 128) - 128) * 2 + 128));
    addSoftly(histogram, offset, CHROMA_BINS, spread, 0.25 / half);
  }
  return { luma, histogram };
}

function lumaDifference(a: Picture, b: Picture): number {
  let sum = 0;
  for (let i = 0; i < a.luma.length; i += 1) sum += Math.abs((a.luma[i] ?? 0) - (b.luma[i] ?? 0));
  return sum / a.luma.length / 255;
}

/** Motion moves pixels and keeps colours, light changes colours and keeps places: a cut changes both. */
function distance(a: Picture, b: Picture): number {
  let sum = 0;
  for (let i = 0; i < a.histogram.length; i += 1) sum += Math.abs((a.histogram[i] ?? 0) - (b.histogram[i] ?? 0));
  return Math.sqrt((sum / 2) * Math.min(1, lumaDifference(a, b) * 4));
}

export function createFrameMeter(width: number, height: number) {
  const frameBytes = width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
  const signals: FrameSignals = { change: [], bridge: [], motion: [], brightness: [], litShare: [] };
  let recent: Picture[] = [];
  let pending: Buffer = Buffer.alloc(0);

  const lowerBridge = (n: number, value: number) => {
    signals.bridge[n] = Math.min(signals.bridge[n] ?? Number.POSITIVE_INFINITY, value);
  };

  const add = (data: Uint8Array) => {
    const picture = describe(data, width, height);
    const n = signals.change.length;
    const previous = recent.at(-1);
    const change = previous ? distance(previous, picture) : 0;
    signals.change.push(change);
    signals.bridge.push(change);
    signals.motion.push(previous ? lumaDifference(previous, picture) : 0);
    let sum = 0;
    let lit = 0;
    for (const value of picture.luma) {
      sum += value;
      if (value > BLACK_LUMA) lit += 1;
    }
    signals.brightness.push(sum / picture.luma.length / 255);
    signals.litShare.push(lit / picture.luma.length);
    // Picture n against n-2 … n-6: it may end a flash that began after them, or show that an earlier change came back.
    for (let back = 2; back <= Math.min(recent.length, LOOK_PICTURES + 1); back += 1) {
      const earlier = recent.at(-back);
      if (!earlier) continue;
      const across = distance(earlier, picture);
      lowerBridge(n, across);
      lowerBridge(n - back + 1, across);
    }
    recent = [...recent.slice(-LOOK_PICTURES), picture];
  };

  return {
    signals,
    feed: (chunk: Buffer) => {
      let data = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      while (data.length >= frameBytes) {
        add(data.subarray(0, frameBytes));
        data = data.subarray(frameBytes);
      }
      pending = Buffer.from(data);
    },
  };
}
