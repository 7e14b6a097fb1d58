/** Where pictures lie beside or over each other: as large as the room allows. Pure. */
import type { Crop } from '../../../../shared/contract/media.ts';
import type { Picture } from '../../../../shared/media/crop.ts';
import type { Place } from '../../../state/trim/framing.ts';

const gapPx = 8;
/** The line above each picture that says what it is. */
export const captionPx = 30;

/** A picture as large as it fits, in the middle. */
export function fitted(room: Picture, picture: Picture): Place {
  const scale = Math.max(0, Math.min(room.width / picture.width, room.height / picture.height));
  const [width, height] = [picture.width * scale, picture.height * scale];
  return { left: (room.width - width) / 2, top: (room.height - height) / 2, width, height };
}

/** Of all divisions into columns the one in which the pictures are seen largest; each place includes its caption. */
export function tilesFor(room: Picture, pictures: readonly Picture[]): Place[] {
  let best: { area: number; tiles: Place[] } = { area: -1, tiles: [] };
  for (let columns = 1; columns <= pictures.length; columns += 1) {
    const rows = Math.ceil(pictures.length / columns);
    const width = Math.max(0, (room.width - gapPx * (columns - 1)) / columns);
    const height = Math.max(0, (room.height - gapPx * (rows - 1)) / rows);
    const seen = pictures.map((picture) => fitted({ width, height: Math.max(0, height - captionPx) }, picture));
    const area = seen.reduce((sum, place) => sum + place.width * place.height, 0);
    if (area <= best.area) continue;
    const tiles = pictures.map((_picture, index) => ({
      left: (index % columns) * (width + gapPx),
      top: Math.floor(index / columns) * (height + gapPx),
      width,
      height,
    }));
    best = { area, tiles };
  }
  return best.tiles;
}

/** Encoders round to even sides: pictures that differ by less have one shape, and are laid exactly over each other. */
const sameShape = 0.02;

export function isSameShape(one: Picture, other: Picture): boolean {
  return Math.abs((one.width * other.height) / (one.height * other.width) - 1) <= sameShape;
}

export const wholeOf = ({ width, height }: Picture): Crop => ({ x: 0, y: 0, width, height });
