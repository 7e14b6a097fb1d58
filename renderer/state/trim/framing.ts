/** Performer and character side by side at one scale, and the two lines that lie across both. Pure but for the lines' store. */
import { create } from 'zustand';
import type { Crop } from '../../../shared/contract/media.ts';
import type { Picture } from '../../../shared/media/crop.ts';
import { clamp } from './trim.ts';

export interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface FramingLayout {
  video: Place;
  image: Place;
}

const gapPx = 12;

/** Both at the same height, as large as the room allows, in its middle. */
export function layoutFraming(room: Picture, video: Picture, image: Picture): FramingLayout {
  const [videoRatio, imageRatio] = [video.width / video.height, image.width / image.height];
  const height = Math.max(0, Math.min(room.height, (room.width - gapPx) / (videoRatio + imageRatio)));
  const [videoWidth, imageWidth] = [height * videoRatio, height * imageRatio];
  const left = (room.width - videoWidth - gapPx - imageWidth) / 2;
  const top = (room.height - height) / 2;
  return {
    video: { left, top, width: videoWidth, height },
    image: { left: left + videoWidth + gapPx, top, width: imageWidth, height },
  };
}

/** Where the whole picture lies inside a place that shows only a part of it. */
export function placeWhole(place: Picture, picture: Picture, part: Crop): Place {
  const scale = place.height / part.height;
  return {
    left: -part.x * scale,
    top: -part.y * scale,
    width: picture.width * scale,
    height: picture.height * scale,
  };
}

/** Shares of the height, from the top. */
export interface BodyLines {
  head: number;
  lower: number;
}

export type BodyLine = keyof BodyLines;

const leastApart = 0.05;

/** The lower line stays below the head's. */
export function moveLine(lines: BodyLines, line: BodyLine, to: number): BodyLines {
  return line === 'head'
    ? { ...lines, head: clamp(to, 0, lines.lower - leastApart) }
    : { ...lines, lower: clamp(to, lines.head + leastApart, 1) };
}

export const useBodyLines = create<BodyLines>()(() => ({ head: 0.12, lower: 0.9 }));
