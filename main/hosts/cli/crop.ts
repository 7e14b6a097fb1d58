/** Turns `--crop` and `--image-crop` into a part of one picture: a ratio takes the largest box in the middle, a box is taken as it is. */
import type { Crop } from '../../../shared/contract/media.ts';
import { fitRatio, type Picture, wholeBox } from '../../../shared/media/crop.ts';

export type CropValue = { kind: 'ratio'; ratio: number } | { kind: 'box'; box: Crop };

/** `9:16`, or `608x1080+656+0` (width, height, left, top in pixels as shown); null for anything else. */
export function parseCrop(text: string): CropValue | null {
  const ratio = /^(\d{1,4}):(\d{1,4})$/.exec(text.trim());
  if (ratio) {
    const [width, height] = [Number(ratio[1]), Number(ratio[2])];
    return width > 0 && height > 0 ? { kind: 'ratio', ratio: width / height } : null;
  }
  const box = /^(\d{1,5})x(\d{1,5})\+(\d{1,5})\+(\d{1,5})$/.exec(text.trim());
  if (!box) return null;
  const [width = 0, height = 0, x = 0, y = 0] = box.slice(1).map(Number);
  return width > 0 && height > 0 ? { kind: 'box', box: { x, y, width, height } } : null;
}

/** Undefined: the whole picture. A box that does not lie in it is the check's to refuse. */
export function resolveCrop(facts: Picture, text: string | undefined): Crop | undefined {
  const value = text === undefined ? null : parseCrop(text);
  if (value === null) return undefined;
  if (value.kind === 'box') return value.box;
  const whole = wholeBox(facts);
  const box = fitRatio(facts, whole, value.ratio);
  return box.width === whole.width && box.height === whole.height ? undefined : box;
}
