/** Cropping a picture: the box over it and the bar beside it while it is open, the mask alone when it is not. */
import { type ReactNode, Suspense, useState } from 'react';
import type { Crop } from '../../shared/contract/media.ts';
import type { Picture } from '../../shared/media/crop.ts';
import { type RatioName, ratioNameOf, ratioOf } from '../state/trim/crop.ts';
import { later } from '../text/later.ts';
import { CropMask } from './CropMask.tsx';

const CropBox = later(() => import('./CropBox.tsx').then((module) => module.CropBox));
const CropBar = later(() => import('./CropBar.tsx').then((module) => module.CropBar));

interface Cropping {
  picture: Picture;
  /** Null: the whole picture. */
  crop: Crop | null;
  isOpen: boolean;
  onChange(crop: Crop | null, edit: string): void;
  onDone(): void;
}

export function useCropping({ isOpen, onDone, ...edit }: Cropping): { overlay: ReactNode; bar: ReactNode } {
  const { picture, crop } = edit;
  const [chosen, setChosen] = useState<RatioName | null>(null);
  // Before a person chooses one, the box keeps the shape that it came with.
  const ratioName = chosen ?? (crop ? ratioNameOf(picture, crop) : 'free');
  const mask = crop ? <CropMask picture={picture} crop={crop} /> : null;
  if (!isOpen) return { overlay: mask, bar: null };
  return {
    overlay: (
      <Suspense fallback={mask}>
        <CropBox {...edit} ratio={ratioOf(picture, ratioName)} onDone={onDone} />
      </Suspense>
    ),
    bar: (
      <Suspense fallback={null}>
        <CropBar {...edit} ratioName={ratioName} onRatio={setChosen} onDone={onDone} />
      </Suspense>
    ),
  };
}
