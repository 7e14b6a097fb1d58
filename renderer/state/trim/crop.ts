/** The arithmetic of the crop box: pure functions over a picture, a box inside it and a ratio. Sides and corner fall on even pixels. */
import type { Crop } from '../../../shared/contract/media.ts';
import { even, evenBelow, largestOf, type Picture, placeBox, wholeBox } from '../../../shared/media/crop.ts';
import { clamp } from './trim.ts';

export const ratioNames = ['free', 'source', '9:16', '1:1', '16:9', '4:5', '3:4'] as const;
export type RatioName = (typeof ratioNames)[number];

/** Which part of the box is held: an edge, or two of them at a corner. */
export interface Grip {
  x: -1 | 0 | 1;
  y: -1 | 0 | 1;
}

/** Nobody crops to less; what is under the provider's 340 px is enlarged, and a check says so. */
const leastSidePx = 64;

/** Null, as it is stored, when nothing is cut away. */
export function storedCrop(picture: Picture, box: Crop): Crop | null {
  const whole = wholeBox(picture);
  return box.width >= whole.width && box.height >= whole.height ? null : box;
}

/** Width by height; null: any. */
export function ratioOf(picture: Picture, name: RatioName): number | null {
  if (name === 'free') return null;
  if (name === 'source') return picture.width / picture.height;
  const [width = 1, height = 1] = name.split(':').map(Number);
  return width / height;
}

/** The ratio that a stored crop was made with, as far as its even sides tell. */
export function ratioNameOf(picture: Picture, box: Crop): RatioName {
  const fits = (name: RatioName) => {
    const ratio = ratioOf(picture, name);
    return ratio !== null && Math.abs(box.width - box.height * ratio) <= Math.max(1.5, 1.5 * ratio);
  };
  return ratioNames.find(fits) ?? 'free';
}

export function moveBox(picture: Picture, box: Crop, by: { x: number; y: number }): Crop {
  return placeBox(picture, { ...box, x: box.x + by.x, y: box.y + by.y });
}

/** Drags an edge or a corner by so many pixels. With a ratio the other side follows; what is not held stays where it is. */
export function resizeBox(
  picture: Picture,
  box: Crop,
  options: { grip: Grip; by: { x: number; y: number }; ratio: number | null },
): Crop {
  const { grip, by, ratio } = options;
  const whole = wholeBox(picture);
  const least = { width: Math.min(leastSidePx, whole.width), height: Math.min(leastSidePx, whole.height) };
  const room = roomFor(whole, box, grip);
  const wanted = { width: box.width + grip.x * by.x, height: box.height + grip.y * by.y };
  const size = ratio === null ? clampSize(wanted, least, room) : withRatio(wanted, { least, room, ratio, grip });
  return placeBox(picture, { ...size, ...anchored(box, size, grip) });
}

/** How large the box may grow from the edge that stays; from the middle along a side that is not held. */
function roomFor(whole: Picture, box: Crop, grip: Grip): Picture {
  const along = (side: number, from: number, length: number, held: -1 | 0 | 1) => {
    if (held === 1) return side - from;
    if (held === -1) return from + length;
    return side;
  };
  return {
    width: along(whole.width, box.x, box.width, grip.x),
    height: along(whole.height, box.y, box.height, grip.y),
  };
}

function clampSize(wanted: Picture, least: Picture, room: Picture): Picture {
  return {
    width: clamp(even(wanted.width), least.width, evenBelow(room.width)),
    height: clamp(even(wanted.height), least.height, evenBelow(room.height)),
  };
}

function withRatio(
  wanted: Picture,
  { least, room, ratio, grip }: { least: Picture; room: Picture; ratio: number; grip: Grip },
): Picture {
  // At a corner the hand that went further decides.
  const byWidth = grip.x !== 0 ? wanted.width : 0;
  const byHeight = grip.y !== 0 ? wanted.height * ratio : 0;
  const width = Math.max(byWidth, byHeight, least.width, least.height * ratio);
  // Before anything is rounded: the largest width may round up beyond what the height allows.
  const most = Math.min(room.width, room.height * ratio);
  return width >= most ? largestOf(room, ratio) : sizeOf(width, ratio);
}

const sizeOf = (width: number, ratio: number): Picture => ({ width: even(width), height: even(width / ratio) });

function anchored(box: Crop, size: Picture, grip: Grip): { x: number; y: number } {
  const start = (from: number, before: number, now: number, held: -1 | 0 | 1) => {
    if (held === 1) return from;
    if (held === -1) return from + before - now;
    return from + (before - now) / 2;
  };
  return {
    x: start(box.x, box.width, size.width, grip.x),
    y: start(box.y, box.height, size.height, grip.y),
  };
}

/** Where a picture stands when it is fitted into a room, in the room's own pixels. */
export function fitInto(room: Picture, picture: Picture): { left: number; top: number; scale: number } {
  const scale = Math.min(room.width / picture.width, room.height / picture.height);
  return {
    left: (room.width - picture.width * scale) / 2,
    top: (room.height - picture.height * scale) / 2,
    scale,
  };
}
