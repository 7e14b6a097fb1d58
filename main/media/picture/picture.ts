/** A picture as read, whatever its format: what is known of it without decoding, and how the decoder is to be asked. */
import type { Sharp, SharpOptions } from 'sharp';
import type { ImageInside, PrivateKind } from '../../../shared/contract/imageInside.ts';
import { imageLimits } from '../../../shared/rules/limits.ts';
import type { RawPicture } from './bmpFile.ts';
import type { Colours } from './colours.ts';

export type SharpModule = (input: string | Buffer, options?: SharpOptions) => Sharp;

/** What may be sent along when a person wants it. */
export interface Metadata {
  /** A TIFF structure. */
  exif: Buffer | null;
  xmp: Buffer | null;
}

export interface Picture {
  /** As facts name it. */
  format: string;
  /** As stored; `orientation` turns them. */
  width: number;
  height: number;
  orientation: number;
  channels: number;
  bits: number;
  /** As facts name it. */
  space: string | null;
  pages: number;
  isAnimated: boolean;
  hasAlpha: boolean;
  colours: Colours;
  kinds: ReadonlySet<PrivateKind>;
  damage: ImageInside['damage'];
  /** Can be read row by row, however large it is. */
  isStreamable: boolean;
  metadata: Metadata;
  /** Share of the rows that are there, where the file itself tells: 0..1. */
  share: () => number | Promise<number>;
  /** What sharp reads: a normal form of the file where there is one, so that what was judged is what is decoded. */
  input: () => Promise<string | Buffer | RawPicture>;
  /** True: the decoder itself converts from the profile that `input` carries. */
  isProfileRead: boolean;
  /** The same pixels without what is private; null: only by writing the picture anew. */
  clean: (() => Buffer) | null;
}

export const isTooLarge = ({ width, height }: Pick<Picture, 'width' | 'height'>) =>
  width * height > imageLimits.maxDecodePixels;

/** A profile that is larger than any that describes a screen is not colour alone. */
export const PLAIN_PROFILE_MAX_BYTES = 16_384;
