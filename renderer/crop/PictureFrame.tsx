/** The place of a fitted picture inside its well, as a layer of its own: what lies in it is placed in shares of the picture. */
import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { Picture } from '../../shared/media/crop.ts';
import { fitInto } from '../state/trim/crop.ts';
import classes from './Crop.module.css';

export function PictureFrame({ picture, children }: { picture: Picture; children: ReactNode }) {
  const { ref, width, height } = useElementSize();
  const { left, top, scale } = fitInto({ width, height }, picture);
  return (
    <div ref={ref} className={classes.well}>
      <div
        className={classes.frame}
        style={{ left, top, width: picture.width * scale, height: picture.height * scale }}
        data-testid="picture-frame"
      >
        {children}
      </div>
    </div>
  );
}
