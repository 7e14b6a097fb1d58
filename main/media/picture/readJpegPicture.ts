/** A JPEG in the one form that all pictures are read into. */
import type { PrivateKind } from '../../../shared/contract/imageInside.ts';
import { type Colours, coloursOfAdobeRgb, coloursOfProfile, sRgb } from './colours.ts';
import { ImageError } from './imageError.ts';
import { type JpegFile, readJpeg, writeJpeg } from './jpegFile.ts';
import { type Picture, PLAIN_PROFILE_MAX_BYTES, type SharpModule } from './picture.ts';

const TAIL_BYTES = 200_000;
const SMALL_PX = 256;

function coloursWithout(file: JpegFile): Colours {
  return file.isAdobeRgb && file.components === 3 ? coloursOfAdobeRgb() : sRgb;
}

/** Where two different ends of the coded data make a difference, there is no real data: the share of the picture that has some. */
async function shareOfPicture(sharp: SharpModule, file: JpegFile): Promise<number> {
  // A progressive picture is there from its first pass on; how much detail is missing shows all over it.
  const rows = await Promise.all(
    [0x55, 0x2b].map((seed) => {
      const entropyTail = Buffer.from(Array.from({ length: TAIL_BYTES }, (_, i) => ((i * 31 + seed) * 17) % 251));
      const bytes = writeJpeg(file, { icc: null, orientation: 1, entropyTail });
      return sharp(bytes, { failOn: 'none', limitInputPixels: false })
        .toColourspace('b-w')
        .resize({ width: Math.min(SMALL_PX, file.width), height: file.height, fit: 'fill', kernel: 'nearest' })
        .raw()
        .toBuffer({ resolveWithObject: true });
    }),
  );
  const [a, b] = rows;
  if (!a || !b) return 0;
  const differing = a.data.reduce((count, value, i) => count + (Math.abs(value - (b.data[i] ?? 0)) > 2 ? 1 : 0), 0);
  return 1 - differing / a.data.length;
}

export function readJpegPicture(sharp: SharpModule, bytes: Buffer): Picture {
  const file = readJpeg(bytes);
  if (!file || file.width === 0 || file.height === 0) throw new ImageError('damaged', 'JPEG without a picture');
  if (file.bitsPerSample !== 8 || !file.isCommonCoding) throw new ImageError('format', `JPEG (${describe(file)})`);
  const own = coloursOfProfile(file.icc, file.components);
  const colours = own ?? coloursWithout(file);
  const kinds = new Set<PrivateKind>(file.kinds);
  const isLargeProfile = (file.icc?.length ?? 0) > PLAIN_PROFILE_MAX_BYTES;
  if (isLargeProfile || file.hasBrokenProfile || (file.icc && !own)) kinds.add('profile');
  const { orientation } = file;
  // sRGB's own profile stays where it is no larger than one is; one that is converted from goes with the picture to the decoder.
  const kept = colours.profile === null && own && !isLargeProfile ? file.icc : null;
  return {
    format: 'jpeg',
    width: file.width,
    height: file.height,
    orientation,
    channels: file.components,
    bits: 8,
    space: file.components === 1 ? 'b-w' : file.components === 4 ? 'cmyk' : 'srgb',
    pages: 1,
    isAnimated: false,
    hasAlpha: false,
    colours,
    kinds,
    damage: !file.hasEnd ? 'end' : file.hasStrayBytes ? 'stray' : null,
    isStreamable: !file.isProgressive,
    metadata: { exif: file.exif, xmp: file.xmp },
    share: () => shareOfPicture(sharp, file),
    input: async () => writeJpeg(file, { icc: colours.profile, orientation }),
    isProfileRead: true,
    clean: () => writeJpeg(file, { icc: colours.profile ?? kept, orientation }),
  };
}

function describe({ bitsPerSample, isCommonCoding }: JpegFile): string {
  return isCommonCoding ? `${bitsPerSample} bit` : 'arithmetic or lossless coding';
}
