/** The crop of a picture: the largest box of a ratio, on even pixels, inside the picture. Pure; what hands do with a box is the page's. */
import type { Crop } from '../contract/media.ts';

export interface Picture {
  width: number;
  height: number;
}

export const even = (value: number) => Math.round(value / 2) * 2;
export const evenBelow = (value: number) => Math.floor(value / 2) * 2;
const within = (value: number, low: number, high: number) => Math.min(Math.max(value, low), Math.max(low, high));

/** The largest box: all of the picture, but for an odd row or column. */
export function wholeBox({ width, height }: Picture): Crop {
  return { x: 0, y: 0, width: Math.max(2, evenBelow(width)), height: Math.max(2, evenBelow(height)) };
}

/** The largest even sides of a ratio (width by height) within a room. */
export function largestOf(room: Picture, ratio: number): Picture {
  const width = Math.min(room.width, room.height * ratio);
  return {
    width: within(even(width), 2, evenBelow(room.width)),
    height: within(even(width / ratio), 2, evenBelow(room.height)),
  };
}

/** The same size, brought inside the picture and onto even pixels. */
export function placeBox(picture: Picture, box: Crop): Crop {
  const whole = wholeBox(picture);
  return {
    ...box,
    x: within(even(box.x), 0, whole.width - box.width),
    y: within(even(box.y), 0, whole.height - box.height),
  };
}

/** The largest box of a ratio around the middle of the one before, moved no further than the picture asks. */
export function fitRatio(picture: Picture, box: Crop, ratio: number | null): Crop {
  if (ratio === null) return box;
  const size = largestOf(wholeBox(picture), ratio);
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  return placeBox(picture, { ...size, x: middle.x - size.width / 2, y: middle.y - size.height / 2 });
}
