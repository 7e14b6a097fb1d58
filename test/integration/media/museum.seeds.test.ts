/** The museum of files: every kind drawn, prepared and judged. A third of it in every run; all of it by `npm run test:museum`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureFfmpeg, openWorkshop, type Workshop } from '../../fixtures/media.ts';
import { isLong } from '../../fixtures/runs.ts';
import { judgeClipKind } from '../../museum/judgeClip.ts';
import { judgePictureKind } from '../../museum/judgePicture.ts';
import { clipKinds, formatsPage, pictureKinds } from '../../museum/museum.ts';

const isWhole = isLong || process.env.RESTAGE_MUSEUM !== undefined;
const page = join(import.meta.dirname, '../../../docs/formats.md');

let shop: Workshop;
let ffmpeg: string;
beforeAll(async () => {
  shop = await openWorkshop();
  ffmpeg = await fixtureFfmpeg(shop.media);
});
afterAll(() => shop.close());

describe('the museum of files', () => {
  const named = <T extends { row: string; id: string; isFast?: boolean }>(kinds: readonly T[]) =>
    kinds.filter((kind) => isWhole || kind.isFast).map((kind) => [`${kind.row}: ${kind.id}`, kind] as const);

  it.each(named(pictureKinds))('%s', async (_, kind) => {
    await judgePictureKind(shop, ffmpeg, kind);
  });

  it.each(named(clipKinds))('%s', async (_, kind) => {
    await judgeClipKind(shop, ffmpeg, kind);
  });

  it('docs/formats.md is what the museum says', () => {
    if (process.env.RESTAGE_MUSEUM === 'write') writeFileSync(page, formatsPage());
    expect(readFileSync(page, 'utf8')).toBe(formatsPage());
  });
});
