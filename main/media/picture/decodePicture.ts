/** From a picture as read to pixels: upright and in sRGB. Every look at a picture goes through here. */
import type { Sharp, SharpOptions } from 'sharp';
import { imageLimits } from '../../../shared/rules/limits.ts';
import { ImageError } from './imageError.ts';
import { isTooLarge, type Picture, type SharpModule } from './picture.ts';
import { tagPng } from './pngFile.ts';

export type Strictness = NonNullable<SharpOptions['failOn']>;

/** Upright, its numbers as the file has them. */
export async function openStored(sharp: SharpModule, picture: Picture, options: SharpOptions): Promise<Sharp> {
  const input = await picture.input();
  if (typeof input === 'string' || Buffer.isBuffer(input)) return sharp(input, options).autoOrient();
  const { width, height, data } = input;
  return sharp(data, { ...options, raw: { width, height, channels: 4 } } as SharpOptions);
}

/**
 * Upright and in sRGB once it is written with `toColourspace('srgb')`. `failOn`: how much the decoder forgives.
 * Throws ImageError tooLarge; what does not decode fails when pixels are asked for.
 */
export async function openUpright(sharp: SharpModule, picture: Picture, failOn: Strictness = 'none'): Promise<Sharp> {
  if (isTooLarge(picture)) throw new ImageError('tooLarge', `${picture.width}x${picture.height}`);
  const options: SharpOptions = { limitInputPixels: imageLimits.maxDecodePixels, failOn };
  const { profile } = picture.colours;
  if (profile !== null && picture.isProfileRead) return openStored(sharp, picture, options);
  const { name } = picture.colours;
  const ignoreIcc = profile !== null || (name === null && picture.space !== 'cmyk');
  const plain = await openStored(sharp, picture, { ...options, ignoreIcc });
  if (profile === null) return plain;
  // Only a PNG of 8 bits with the profile in it is converted as it should be.
  const stored = await plain.toColourspace('srgb').png({ compressionLevel: 1 }).toBuffer();
  return sharp(tagPng(stored, profile), options);
}
