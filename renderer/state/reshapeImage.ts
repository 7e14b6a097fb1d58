/** Crops or pads an image to the nearest ratio that can be sent, in the page: the answer is a new file, the source stays as it is. */
import { imageLimits } from '../../shared/limits.ts';

export interface Placement {
  /** Size of the new picture. */
  width: number;
  height: number;
  /** Where the whole source is drawn on it; negative: cropped away. */
  x: number;
  y: number;
}

/** Pure. A hair inside the limit, so that rounding to whole pixels stays legal. */
export function placeImage(size: { width: number; height: number }, mode: 'crop' | 'pad'): Placement {
  const ratio = size.width / size.height;
  const isWide = ratio > imageLimits.maxRatio;
  if (!isWide && ratio >= imageLimits.minRatio) return { ...size, x: 0, y: 0 };
  let { width, height } = size;
  if (isWide && mode === 'crop') width = Math.floor(height * imageLimits.maxRatio);
  if (isWide && mode === 'pad') height = Math.ceil(width / imageLimits.maxRatio);
  if (!isWide && mode === 'crop') height = Math.floor(width * imageLimits.maxRatio);
  if (!isWide && mode === 'pad') width = Math.ceil(height / imageLimits.maxRatio);
  return { width, height, x: Math.round((width - size.width) / 2), y: Math.round((height - size.height) / 2) };
}

export async function reshapeImage(
  url: string,
  options: { name: string; format: string; mode: 'crop' | 'pad' },
): Promise<File> {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const placement = placeImage(bitmap, options.mode);
  const canvas = document.createElement('canvas');
  canvas.width = placement.width;
  canvas.height = placement.height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  if (options.mode === 'pad') {
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.drawImage(bitmap, placement.x, placement.y);
  bitmap.close();
  const isPng = options.format === 'png';
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, isPng ? 'image/png' : 'image/jpeg', 0.95);
  });
  if (!blob) throw new Error('the picture could not be written');
  const stem = options.name.replace(/\.[^.]+$/, '');
  return new File([blob], `${stem}-${options.mode}.${isPng ? 'png' : 'jpg'}`, { type: blob.type });
}
