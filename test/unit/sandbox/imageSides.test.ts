/** Sides of pictures from their headers, as real encoders write them. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { imageSides } from '../../../main/sandbox/inputs.ts';

const picture = () => sharp({ create: { width: 321, height: 654, channels: 3, background: '#808' } });

describe('imageSides', () => {
  it.each([
    ['baseline JPEG', () => picture().jpeg().toBuffer()],
    ['progressive JPEG', () => picture().jpeg({ progressive: true }).toBuffer()],
    [
      'JPEG with EXIF and a profile',
      () => picture().withMetadata({ orientation: 6 }).keepIccProfile().jpeg().toBuffer(),
    ],
    ['PNG', () => picture().png().toBuffer()],
  ])('%s', async (_what, make) => {
    expect(imageSides(await make())).toEqual([321, 654]);
  });

  it.each([
    ['WebP', () => picture().webp().toBuffer()],
    ['nothing', async () => Buffer.alloc(0)],
    ['two bytes', async () => Buffer.from([0xff, 0xd8])],
    ['a PNG that ends in its head', async () => (await picture().png().toBuffer()).subarray(0, 20)],
    ['a JPEG that ends before its frame', async () => (await picture().jpeg().toBuffer()).subarray(0, 60)],
    ['noise', async () => Buffer.from(Array.from({ length: 500 }, (_, n) => (n * 37) % 256))],
  ])('%s has none', async (_what, make) => {
    expect(imageSides(await make())).toBeNull();
  });
});
