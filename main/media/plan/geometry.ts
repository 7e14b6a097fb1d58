/** Decides the sides of the prepared picture. Pure: keeps the aspect, even sides, inside the limits of the target. */
import type { Crop, VideoFacts } from '../../../shared/contract/media.ts';
import { type ClipLimits, type Preset, presetTargets } from '../../../shared/rules/limits.ts';

export interface Geometry {
  /** Of the prepared file. */
  width: number;
  height: number;
  /** Of the picture inside it: smaller than the file only when it is padded. */
  pictureWidth: number;
  pictureHeight: number;
  isPadded: boolean;
  /** How much the shown picture grows (over 1) or shrinks. */
  factor: number;
}

type ShownPicture = Pick<VideoFacts, 'width' | 'height'>;

/** Null when nothing is cut away. */
export function effectiveCrop(facts: ShownPicture, crop: Crop | undefined): Crop | null {
  if (!crop) return null;
  const isWhole = crop.x === 0 && crop.y === 0 && crop.width === facts.width && crop.height === facts.height;
  return isWhole ? null : crop;
}

export function isInsidePicture(facts: ShownPicture, crop: Crop): boolean {
  return crop.x + crop.width <= facts.width && crop.y + crop.height <= facts.height;
}

/** The picture that is used: the crop, or all of it. */
export function shownPicture(facts: ShownPicture, crop: Crop | undefined): ShownPicture {
  return crop ? { width: crop.width, height: crop.height } : { width: facts.width, height: facts.height };
}

const evenBelow = (value: number) => Math.max(2, Math.floor(value / 2) * 2);
const evenAbove = (value: number) => Math.max(2, Math.ceil(value / 2) * 2);
const evenNear = (value: number) => Math.max(2, Math.round(value / 2) * 2);

/** Too long and thin for any scaling: the long side at its largest leaves the short one too small. */
function needsPadding(picture: ShownPicture, limits: ClipLimits): boolean {
  const long = Math.max(picture.width, picture.height);
  const short = Math.min(picture.width, picture.height);
  return (short * evenBelow(limits.maxSidePx)) / long < limits.minSidePx;
}

function scaleFactor(picture: ShownPicture, limits: ClipLimits, preset: Preset): number {
  const long = Math.max(picture.width, picture.height);
  const short = Math.min(picture.width, picture.height);
  const largest = evenBelow(limits.maxSidePx) / long;
  if (needsPadding(picture, limits)) return Math.min(1, largest);
  const wanted = presetTargets[preset].maxShortSidePx;
  const preferred = wanted === null ? 1 : Math.min(1, Math.max(wanted, limits.minSidePx) / short);
  return Math.min(largest, Math.max(preferred, evenAbove(limits.minSidePx) / short));
}

export function chooseGeometry(picture: ShownPicture, limits: ClipLimits, preset: Preset): Geometry {
  const factor = scaleFactor(picture, limits, preset);
  const isPadded = needsPadding(picture, limits);
  const [least, most] = [evenAbove(limits.minSidePx), evenBelow(limits.maxSidePx)];
  // Unscaled sides lose at most one row or column; scaled ones go to the nearest even number.
  const side = (value: number) => Math.min(most, factor === 1 ? evenBelow(value) : evenNear(value * factor));
  const [pictureWidth, pictureHeight] = isPadded
    ? [side(picture.width), side(picture.height)]
    : [Math.max(least, side(picture.width)), Math.max(least, side(picture.height))];
  return {
    width: Math.max(least, pictureWidth),
    height: Math.max(least, pictureHeight),
    pictureWidth,
    pictureHeight,
    isPadded,
    factor,
  };
}
