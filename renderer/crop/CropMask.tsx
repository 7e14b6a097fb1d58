/** Dims what a crop cuts away, over a fitted picture. */
import type { Crop } from '../../shared/contract/media.ts';
import type { Picture } from '../../shared/media/crop.ts';
import classes from './Crop.module.css';
import { PictureFrame } from './PictureFrame.tsx';
import { placeOf } from './place.ts';

export function CropMask({ picture, crop }: { picture: Picture; crop: Crop }) {
  return (
    <PictureFrame picture={picture}>
      <div className={classes.mask} style={placeOf(picture, crop)} data-testid="crop-mask" />
    </PictureFrame>
  );
}
