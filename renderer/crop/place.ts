/** A box inside a picture, as shares of it for CSS. Pure. */
import type { Crop } from '../../shared/contract/media.ts';
import type { Picture } from '../../shared/media/crop.ts';

export function placeOf(picture: Picture, box: Crop) {
  return {
    left: `${(box.x / picture.width) * 100}%`,
    top: `${(box.y / picture.height) * 100}%`,
    width: `${(box.width / picture.width) * 100}%`,
    height: `${(box.height / picture.height) * 100}%`,
  };
}
