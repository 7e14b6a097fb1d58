/** Decodes all of a picture once, before it is ordered: is it whole, does something show through. */
import type { ImageFacts } from '../../../shared/contract/media.ts';
import { imageLimits } from '../../../shared/rules/limits.ts';
import { openStored, type Strictness } from './decodePicture.ts';
import { ImageError } from './imageError.ts';
import { isTooLarge, type Picture, type SharpModule } from './picture.ts';

type Damage = Picture['damage'];
/** So much may be missing at the end, as browsers let it; it is said. */
const MAX_LOST_SHARE = 0.02;
const OPAQUE = 255;

/** Throws when the decoder gives up; answers whether something shows through. */
async function decodeAll(sharp: SharpModule, picture: Picture, failOn: Strictness): Promise<boolean> {
  const options = { limitInputPixels: imageLimits.maxDecodePixels, failOn, ignoreIcc: true };
  const opened = await openStored(sharp, picture, options);
  // At full size: a decoder that is asked for less leaves out what it does not need, the end among it.
  const channel = opened.extractChannel(picture.hasAlpha ? 'alpha' : 0).toColourspace('b-w');
  const values = await channel.raw({ depth: 'uchar' }).toBuffer();
  return picture.hasAlpha && values.some((value) => value < OPAQUE);
}

const isDecodable = (decoded: Promise<boolean>) =>
  decoded.then(
    (isTransparent) => ({ isTransparent }),
    (error: unknown) => {
      if (error instanceof ImageError) throw error;
      return { detail: String(error) };
    },
  );

interface Judgement {
  damage: Damage;
  isTransparent: boolean;
}

async function judge(sharp: SharpModule, picture: Picture): Promise<Judgement> {
  const strict = await isDecodable(decodeAll(sharp, picture, 'warning'));
  if ('isTransparent' in strict) return { damage: picture.damage, isTransparent: strict.isTransparent };
  const lenient = await isDecodable(decodeAll(sharp, picture, picture.clean ? 'none' : 'truncated'));
  if (!('isTransparent' in lenient)) throw new ImageError('damaged', lenient.detail);
  // A decoder that forgives fills what is missing with grey: how much of that there is decides.
  const share = await picture.share();
  if (share < 1 - MAX_LOST_SHARE) throw new ImageError('damaged', `${Math.floor(share * 100)} % of the rows are there`);
  return { damage: share < 1 ? 'rows' : 'data', isTransparent: lenient.isTransparent };
}

const isMendedByCopy = (damage: Damage) => damage !== 'rows' && damage !== 'data';

export async function imageFactsOf(sharp: SharpModule, picture: Picture, sizeBytes: number): Promise<ImageFacts> {
  const isDecoded = !isTooLarge(picture);
  const { damage, isTransparent } = isDecoded
    ? await judge(sharp, picture)
    : { damage: picture.damage, isTransparent: picture.hasAlpha };
  const { orientation } = picture;
  const isTurned = orientation >= 5;
  return {
    kind: 'image',
    format: picture.format,
    sizeBytes,
    width: isTurned ? picture.height : picture.width,
    height: isTurned ? picture.width : picture.height,
    exifOrientation: orientation,
    hasAlpha: picture.hasAlpha,
    colorSpace: picture.space,
    bitsPerSample: picture.bits,
    pages: picture.pages,
    inside: {
      colorProfile: picture.colours.name,
      colorProblem: picture.colours.problem,
      isTransparent,
      isAnimated: picture.isAnimated,
      privateKinds: [...picture.kinds].sort(),
      damage,
      cleanBytes: picture.clean && isMendedByCopy(damage) ? picture.clean().length : null,
      isDecoded,
    },
  };
}
