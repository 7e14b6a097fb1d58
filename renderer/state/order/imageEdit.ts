/** What of a character image is used: the crop that makes a ratio legal, and when padding is to be chosen. Pure. */
import type { Crop, ImageFacts } from '../../../shared/contract/media.ts';
import type { Picture } from '../../../shared/media/crop.ts';
import { imageLimits } from '../../../shared/rules/limits.ts';

export function hasLegalRatio({ width, height }: Picture): boolean {
  const ratio = width / height;
  return ratio >= imageLimits.minRatio && ratio <= imageLimits.maxRatio;
}

/** The largest part around the middle that may be sent; a hair inside the limit, so that whole pixels stay legal. */
export function legalCrop(box: Crop): Crop {
  const { width, height } = box;
  if (hasLegalRatio(box)) return box;
  const isWide = width > height;
  const size = isWide
    ? { width: Math.floor(height * imageLimits.maxRatio), height }
    : { width, height: Math.floor(width * imageLimits.maxRatio) };
  return {
    ...size,
    x: box.x + Math.round((width - size.width) / 2),
    y: box.y + Math.round((height - size.height) / 2),
  };
}

/** What a person may want to be sent along; further pictures and bytes behind the end never are. */
export function hasMetadata({ inside }: ImageFacts): boolean {
  return (inside?.privateKinds ?? []).some((kind) => !['second', 'trailing', 'profile'].includes(kind));
}
