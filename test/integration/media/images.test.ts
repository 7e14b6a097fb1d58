/** Images: valid ones go untouched, all others come out legal, and none is decoded outside the worker. */
import { existsSync } from 'node:fs';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMedia } from '../../../main/media/index.ts';
import type { ImageEdit, ImageFacts } from '../../../shared/contract/media.ts';
import { imageWorkerCommand, openWorkshop, run, silentLogger, type Workshop } from '../../fixtures/media.ts';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

/** A picture whose top left quarter is red, the rest a gradient. */
function picture(width: number, height: number) {
  const corner = {
    create: { width: Math.ceil(width / 2), height: Math.ceil(height / 2), channels: 3 as const, background: '#ff0000' },
  };
  return sharp({ create: { width, height, channels: 3, background: '#2050a0' } })
    .composite([{ input: corner, left: 0, top: 0 }])
    .removeAlpha();
}

async function factsOf(name: string): Promise<ImageFacts> {
  const facts = await shop.media.readFacts(shop.path(name));
  if (facts.kind !== 'image') throw new Error('not an image');
  return facts;
}

async function prepare(name: string) {
  const facts = await factsOf(name);
  const made = await shop.media.prepareImage({ source: shop.path(name), facts });
  return { facts, made, out: await sharp(made.path).metadata() };
}

const statesOf = (facts: ImageFacts) =>
  Object.fromEntries(shop.media.checkImage(facts).verdicts.map((verdict) => [verdict.rule, verdict.state]));

describe('edited as ordered', () => {
  const prepareEdited = async (name: string, edit: ImageEdit) => {
    const facts = await factsOf(name);
    const made = await shop.media.prepareImage({ source: shop.path(name), facts, edit });
    const { data, info } = await sharp(made.path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)];
    return { made, info, at };
  };

  it('a crop of a sideways photo is cut from the picture as it is shown', async () => {
    await picture(800, 600).withMetadata({ orientation: 6 }).png().toFile(shop.path('crop-exif.png'));
    // Upright it is 600 × 800, and the red quarter is on the right at the top.
    const { info, at, made } = await prepareEdited('crop-exif.png', {
      crop: { x: 290, y: 0, width: 310, height: 410 },
    });
    expect([info.width, info.height]).toEqual([310, 410]);
    expect(at(300, 5)).toEqual([255, 0, 0]);
    expect(at(300, 405)).toEqual([32, 80, 160]);
    expect(at(3, 3)).toEqual([32, 80, 160]);
    expect(made.isSource).toBe(false);
  });

  it.each(['blur', '#10c040'])('a picture that is too long is padded into range: %s', async (pad) => {
    await picture(1200, 300)
      .png()
      .toFile(shop.path(`strip-${pad.length}.png`));
    const facts = await factsOf(`strip-${pad.length}.png`);
    expect(shop.media.checkImage(facts).isLegal).toBe(false);
    const edit = { pad: pad as 'blur' };
    expect(shop.media.checkImage(facts, edit).isLegal).toBe(true);
    const { info, at } = await prepareEdited(`strip-${pad.length}.png`, edit);
    expect([info.width, info.height]).toEqual([1200, 480]);
    // The picture itself lies in the middle, as it was.
    expect(at(10, 95)).toEqual([255, 0, 0]);
    expect(at(10, 385)).toEqual([32, 80, 160]);
    if (pad !== 'blur') expect(at(600, 20)).toEqual([0x10, 0xc0, 0x40]);
    else expect(at(1190, 470)[2]).toBeGreaterThan(100);
  });

  it('transparency is laid on the colour that was chosen', async () => {
    const clear = {
      create: { width: 600, height: 600, channels: 4 as const, background: { r: 9, g: 9, b: 9, alpha: 0 } },
    };
    await sharp(clear).png().toFile(shop.path('clear.png'));
    const { made, at } = await prepareEdited('clear.png', { background: '#ff8000' });
    expect((await sharp(made.path).metadata()).hasAlpha).toBe(false);
    expect(at(300, 300)).toEqual([255, 128, 0]);
  });

  it('a crop outside the picture is refused', async () => {
    await picture(600, 800).jpeg().toFile(shop.path('outside.jpg'));
    const crop = { x: 400, y: 0, width: 300, height: 400 };
    await expect(prepareEdited('outside.jpg', { crop })).rejects.toMatchObject({
      code: 'refused',
      reasons: [{ field: 'imageEdit', rule: 'crop.range' }],
    });
  });
});

const heifEncoder = ['/usr/bin/heif-enc', '/usr/local/bin/heif-enc', '/opt/homebrew/bin/heif-enc'].find(existsSync);

it.skipIf(!heifEncoder)(
  'HEIC, as phones write it, becomes a JPEG (skipped where heif-enc is not installed)',
  async () => {
    await picture(640, 854).png().toFile(shop.path('phone.png'));
    await run(heifEncoder ?? '', ['-q', '90', '-o', shop.path('phone.heic'), shop.path('phone.png')]);
    const { facts, made, out } = await prepare('phone.heic');
    expect([facts.format, facts.width, facts.height]).toEqual(['heif', 640, 854]);
    expect([made.mimeType, out.width, out.height]).toEqual(['image/jpeg', 640, 854]);
    const { data } = await sharp(made.path).extract({ left: 100, top: 100, width: 1, height: 1 }).raw().toBuffer({
      resolveWithObject: true,
    });
    expect(data[0]).toBeGreaterThan(240);
    expect(data[2]).toBeLessThan(20);
  },
);

describe('untouched', () => {
  it.each([
    ['a JPEG', 'plain.jpg', () => picture(600, 800).jpeg()],
    ['a PNG named .jpg', 'disguised.jpg', () => picture(600, 800).png()],
    ['a PNG whose alpha is full', 'alpha.png', () => picture(600, 800).ensureAlpha(1).png()],
    ['2.5:1, just inside', 'wide.png', () => picture(1000, 400).png()],
  ])('%s', async (_, name, make) => {
    await make()
      .toFile(shop.path(name))
      .catch(() => undefined);
    if (name === 'disguised.jpg') await writeFile(shop.path(name), await make().toBuffer());
    const { made } = await prepare(name);
    expect(made.isSource).toBe(true);
    expect(await readFile(made.path)).toEqual(await readFile(shop.path(name)));
    expect(made.mimeType).toBe(name === 'plain.jpg' ? 'image/jpeg' : 'image/png');
  });
});

describe('made legal', () => {
  it('a sideways photo is turned upright', async () => {
    await picture(800, 600).withMetadata({ orientation: 6 }).jpeg().toFile(shop.path('exif.jpg'));
    const { facts, made, out } = await prepare('exif.jpg');
    expect([facts.width, facts.height]).toEqual([600, 800]);
    expect([out.width, out.height, out.orientation ?? 1]).toEqual([600, 800, 1]);
    // Orientation 6 turns clockwise: what was top left is top right.
    const pixel = await sharp(made.path).extract({ left: 590, top: 5, width: 1, height: 1 }).raw().toBuffer();
    expect(pixel[0]).toBeGreaterThan(200);
    expect(pixel[2]).toBeLessThan(80);
  });

  it.each([
    ['WebP', 'a.webp', () => picture(500, 500).webp(), 'jpeg'],
    ['AVIF', 'a.avif', () => picture(500, 500).avif({ effort: 0 }), 'jpeg'],
    ['TIFF, CMYK', 'a.tiff', () => picture(500, 500).toColourspace('cmyk').tiff(), 'jpeg'],
    ['16-bit PNG', 'deep.png', () => picture(500, 500).toColourspace('rgb16').png(), 'png'],
    ['a still GIF', 'a.gif', () => picture(500, 500).gif(), 'png'],
    ['SVG', 'a.svg', null, 'png'],
  ] as const)('%s', async (_, name, make, format) => {
    if (make) await make().toFile(shop.path(name));
    else
      await writeFile(
        shop.path(name),
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="500"><circle cx="9" cy="9" r="9"/></svg>',
      );
    const { made, out } = await prepare(name);
    expect({ format: out.format, depth: out.depth, space: out.space }).toEqual({
      format,
      depth: 'uchar',
      space: 'srgb',
    });
    expect(made.mimeType).toBe(`image/${format}`);
  });

  it('a small picture grows to 300 px, keeping its shape', async () => {
    await picture(200, 300).png().toFile(shop.path('small.png'));
    const { out } = await prepare('small.png');
    expect([out.width, out.height]).toEqual([300, 450]);
  });

  it('noise over 10 MB is saved smaller', async () => {
    const noise = Buffer.alloc(2600 * 2600 * 3);
    let seed = 1;
    for (let i = 0; i < noise.length; i += 1) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      noise[i] = seed >> 16;
    }
    await sharp(noise, { raw: { width: 2600, height: 2600, channels: 3 } })
      .png({ compressionLevel: 0 })
      .toFile(shop.path('noise.png'));
    const { facts, made } = await prepare('noise.png');
    expect(facts.sizeBytes).toBeGreaterThan(10_000_000);
    expect(made.sizeBytes).toBeLessThanOrEqual(10_000_000);
  });
});

describe('refused', () => {
  it('3:1, with the ratio found and a way out', async () => {
    await picture(900, 300).png().toFile(shop.path('three.png'));
    const facts = await factsOf('three.png');
    const verdict = shop.media.checkImage(facts).verdicts.find((v) => v.rule === 'image.ratio');
    expect(verdict).toMatchObject({ state: 'blocked', fix: 'cropImage', params: { found: '3:1', size: '900×300' } });
    await expect(shop.media.prepareImage({ source: shop.path('three.png'), facts })).rejects.toMatchObject({
      code: 'refused',
      reasons: [{ field: 'image', rule: 'image.ratio' }],
    });
  });

  it('over 100 MP where other pixels are asked for, never decoded: its data is nonsense behind a good header', async () => {
    const header = await sharp({ create: { width: 16, height: 16, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    header.writeUInt32BE(20_000, 16);
    header.writeUInt32BE(20_000, 20);
    header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
    await writeFile(shop.path('huge.png'), header);
    const facts = await factsOf('huge.png');
    expect([facts.width, facts.height]).toEqual([20_000, 20_000]);
    // Legal as it is: it may go, with a word; cut, it would have to be decoded.
    expect(statesOf(facts)['image.pixels']).toBe('warn');
    const crop = { x: 0, y: 0, width: 900, height: 900 };
    expect(shop.media.checkImage(facts, { crop }).verdicts.find(({ rule }) => rule === 'image.pixels')?.state).toBe(
      'blocked',
    );
  });

  it('a picture that breaks off', async () => {
    await picture(800, 800).png().toFile(shop.path('broken.png'));
    await truncate(shop.path('broken.png'), 900);
    await expect(shop.media.readFacts(shop.path('broken.png'))).rejects.toMatchObject({
      code: 'refused',
      reasons: [{ rule: 'file.damaged' }],
    });
  });
});

describe('the worker', () => {
  it('makes a poster that fits into 480 px', async () => {
    await picture(900, 1200).jpeg().toFile(shop.path('poster.jpg'));
    const path = await shop.media.poster(shop.path('poster.jpg'), await factsOf('poster.jpg'));
    const { width, height } = await sharp(path).metadata();
    expect([width, height]).toEqual([360, 480]);
  });

  it('that dies costs one request, the next one gets a new process', async () => {
    await picture(400, 400).png().toFile(shop.path('again.png'));
    // The first process ends at once; from then on it is the real one.
    const flag = shop.path('died-once');
    const script = `const fs=require('fs');if(!fs.existsSync(${JSON.stringify(flag)})){fs.writeFileSync(${JSON.stringify(flag)},'');process.exit(9)}import(${JSON.stringify(imageWorkerCommand.args[0])})`;
    const media = createMedia({
      cacheDir: shop.path('cache-worker'),
      selfCommand: { command: process.execPath, args: ['-e', script] },
      logger: silentLogger,
      env: process.env,
    });
    await expect(media.readFacts(shop.path('again.png'))).rejects.toMatchObject({ code: 'toolFailed' });
    expect(await media.readFacts(shop.path('again.png'))).toMatchObject({ kind: 'image', format: 'png' });
    await media.close();
  });
});

function crc32(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
