/** Writes a picture as it is ordered: cropped, sized, on its ground, in 8-bit sRGB, small enough; or cleaned without touching a pixel. */
import { writeFile } from 'node:fs/promises';
import type { Sharp } from 'sharp';
import { imageLimits } from '../../../shared/rules/limits.ts';
import { openUpright } from './decodePicture.ts';
import { ImageError } from './imageError.ts';
import type { ImageRequest } from './imageProtocol.ts';
import { withMetadata } from './keepMetadata.ts';
import { isTooLarge, type Picture, type SharpModule } from './picture.ts';

type Convert = Extract<ImageRequest, { op: 'convert' }>;
type Format = 'jpeg' | 'png';

const jpegQualities = [95, 90, 85, 80, 70, 60];
const readOptions = { limitInputPixels: imageLimits.maxDecodePixels };
const DEFAULT_GROUND = '#ffffff';
/** A poster may be made of a picture that is read row by row and never held whole. */
const STREAMED_MAX_PIXELS = 1_000_000_000;

/** Crop, size, background and room around, one after the other: sharp would reorder them within one pass. */
async function framed(sharp: SharpModule, source: Picture, request: Convert): Promise<Sharp> {
  const { width, height, pictureWidth, pictureHeight, crop, pad, background = DEFAULT_GROUND } = request;
  let picture = await openUpright(sharp, source);
  if (crop) {
    const upright = await picture.toColourspace('srgb').png({ compressionLevel: 1 }).toBuffer();
    picture = sharp(upright, readOptions).extract({
      left: crop.x,
      top: crop.y,
      width: crop.width,
      height: crop.height,
    });
  }
  picture = picture.resize(pictureWidth, pictureHeight, { fit: 'fill', kernel: 'lanczos3' }).toColourspace('srgb');
  picture = background === 'transparent' ? picture : picture.flatten({ background });
  if (!pad || (width === pictureWidth && height === pictureHeight)) return picture;
  const [left, top] = [Math.floor((width - pictureWidth) / 2), Math.floor((height - pictureHeight) / 2)];
  const [right, bottom] = [width - pictureWidth - left, height - pictureHeight - top];
  if (pad !== 'blur') return picture.extend({ left, top, right, bottom, background: pad });
  const inner = await picture.png({ compressionLevel: 1 }).toBuffer();
  const softness = Math.max(2, Math.min(width, height) / 40);
  const ground = await sharp(inner).resize(width, height, { fit: 'cover' }).blur(softness).png().toBuffer();
  return sharp(ground).composite([{ input: inner, left, top }]);
}

async function encode(
  sharp: SharpModule,
  source: Picture,
  request: Convert,
): Promise<{ bytes: Buffer; format: Format }> {
  const { maxBytes } = request;
  // Encoded more than once where it turns out too large: decoded once.
  const { data, info } = await (await framed(sharp, source, request)).raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const pixels = () => sharp(data, { ...readOptions, raw });
  if (request.format === 'png') {
    const bytes = await pixels().png({ compressionLevel: 9 }).toBuffer();
    if (bytes.length <= maxBytes) return { bytes, format: 'png' };
  }
  const background = request.background === 'transparent' ? DEFAULT_GROUND : (request.background ?? DEFAULT_GROUND);
  for (const quality of jpegQualities) {
    const chromaSubsampling = quality >= 90 ? '4:4:4' : '4:2:0';
    const bytes = await pixels().flatten({ background }).jpeg({ quality, chromaSubsampling }).toBuffer();
    if (bytes.length <= maxBytes) return { bytes, format: 'jpeg' };
  }
  throw new ImageError('failed', `still over ${maxBytes} bytes at the lowest quality`);
}

export async function convertPicture(sharp: SharpModule, source: Picture, request: Convert): Promise<Format> {
  const { bytes, format } = await encode(sharp, source, request);
  await writeFile(request.output, request.keepMetadata ? withMetadata(bytes, format, source.metadata) : bytes);
  return format;
}

export async function cleanPicture(
  source: Picture,
  { output, keepMetadata }: Extract<ImageRequest, { op: 'clean' }>,
): Promise<Format> {
  if (!source.clean) throw new ImageError('failed', `${source.format} cannot be cleaned`);
  const format = source.format === 'png' ? 'png' : 'jpeg';
  const bytes = source.clean();
  await writeFile(output, keepMetadata ? withMetadata(bytes, format, source.metadata) : bytes);
  return format;
}

async function openForPoster(sharp: SharpModule, picture: Picture): Promise<Sharp> {
  if (!isTooLarge(picture)) return openUpright(sharp, picture);
  if (!picture.isStreamable || picture.width * picture.height > STREAMED_MAX_PIXELS) {
    throw new ImageError('tooLarge', `${picture.width}x${picture.height}`);
  }
  const input = await picture.input();
  if (typeof input !== 'string' && !Buffer.isBuffer(input)) throw new ImageError('tooLarge', picture.format);
  // Not turned: that would hold all of it.
  return sharp(input, { limitInputPixels: STREAMED_MAX_PIXELS, sequentialRead: true });
}

export async function makePoster(
  sharp: SharpModule,
  source: Picture,
  { output, maxPx }: Extract<ImageRequest, { op: 'poster' }>,
): Promise<void> {
  const picture = await openForPoster(sharp, source);
  await picture
    .resize(maxPx, maxPx, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#808080' })
    .toColourspace('srgb')
    .jpeg({ quality: 82 })
    .toFile(output);
}
