/** A PNG in the one form that all pictures are read into. */
import type { PrivateKind } from '../../../shared/contract/imageInside.ts';
import { type Colours, coloursOfCicp, coloursOfGamma, coloursOfProfile, sRgb } from './colours.ts';
import { orientationExif } from './exif.ts';
import { ImageError } from './imageError.ts';
import { type Picture, PLAIN_PROFILE_MAX_BYTES, type SharpModule } from './picture.ts';
import { completeness, type PngFile, readPng, writePng } from './pngFile.ts';

/** Of colour, without alpha. */
const channelsOf = ({ colorType }: PngFile) => ([0, 4].includes(colorType) ? 1 : 3);

/** In the order in which a reader has to believe them (PNG, third edition). */
function coloursOf(file: PngFile): Colours {
  if (file.cicp) return coloursOfCicp(file.cicp);
  const own = coloursOfProfile(file.icc, channelsOf(file));
  if (own) return own;
  return file.isSrgb ? sRgb : coloursOfGamma(file.gamma, file.chromaticities);
}

export function readPngPicture(_sharp: SharpModule, bytes: Buffer): Picture {
  const file = readPng(bytes);
  if (!file || file.width === 0 || file.height === 0) throw new ImageError('damaged', 'PNG without a picture');
  const colours = coloursOf(file);
  const kinds = new Set<PrivateKind>(file.kinds);
  const isUsable = coloursOfProfile(file.icc, channelsOf(file)) !== null;
  if ((file.icc?.length ?? 0) > PLAIN_PROFILE_MAX_BYTES || (file.hasProfileChunk && !isUsable)) kinds.add('profile');
  const isGrey = [0, 4].includes(file.colorType);
  const { orientation } = file;
  const parts = { orientation, icc: colours.profile };
  const exif = orientationExif(orientation);
  return {
    format: 'png',
    width: file.width,
    height: file.height,
    orientation,
    channels: [1, 0, 3, 3, 2, 0, 4][file.colorType] ?? 3,
    bits: file.bitDepth === 16 ? 16 : 8,
    space: file.bitDepth === 16 ? (isGrey ? 'grey16' : 'rgb16') : isGrey ? 'b-w' : 'srgb',
    pages: Math.max(1, file.frameCount),
    isAnimated: file.frameCount > 0,
    hasAlpha: [4, 6].includes(file.colorType) || file.chunks.some(({ name }) => name === 'tRNS'),
    colours,
    kinds,
    damage: file.hasWrongChecksum ? 'checksum' : file.hasEnd ? null : 'end',
    isStreamable: !file.isInterlaced,
    metadata: { exif: file.exif, xmp: file.xmp },
    share: () => completeness(file),
    input: async () => writePng(file, parts, exif),
    isProfileRead: file.bitDepth <= 8,
    // What says "sRGB" may go with all else: nothing said means it.
    clean: () => writePng(file, parts, exif),
  };
}
