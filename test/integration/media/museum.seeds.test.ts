/** The museum of files: every kind drawn, prepared and judged. A part of it in every run (all pictures, and a third of the quick clips); all of it by the long one and `npm run test:museum`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureFfmpeg, openWorkshop, type Workshop } from '../../fixtures/media.ts';
import { isLong, thinned } from '../../fixtures/runs.ts';
import { CUT_AT, cutKinds } from '../../museum/cutKinds.ts';
import { judgeClipKind } from '../../museum/judgeClip.ts';
import { judgePictureKind } from '../../museum/judgePicture.ts';
import { judgeTimelineOf } from '../../museum/judgeTimeline.ts';
import { clipKinds, formatsPage, pictureKinds } from '../../museum/museum.ts';

const isWhole = isLong || process.env.RESTAGE_MUSEUM !== undefined;
/** For every run: a hidden beginning, and sound that begins late. */
const quickTimelines = new Set(['clip-edit-list', 'clip-late-sound']);
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

  it.each(pictureKinds.map((kind) => [`${kind.row}: ${kind.id}`, kind] as const))('%s', async (_, kind) => {
    await judgePictureKind(shop, ffmpeg, kind);
  });

  it.each(isWhole ? named(clipKinds) : thinned(named(clipKinds), 3))('%s', async (_, kind) => {
    await judgeClipKind(shop, ffmpeg, kind);
  });

  /** What nobody can prepare has no timeline; what changes or vanishes under our hands is judged above. */
  const seen = clipKinds.filter(
    ({ expect: { verdict }, disturb }) => ['untouched', 'copied', 'prepared'].includes(verdict) && !disturb,
  );

  it.each(named(isWhole ? seen : seen.filter(({ id }) => quickTimelines.has(id))))(
    '8: the timeline of %s',
    async (_, kind) => {
      await judgeTimelineOf(shop, ffmpeg, kind);
    },
  );

  it.each(thinned(cutKinds, 7).map((kind) => [kind.what, kind] as const))('8: the cut in %s', async (_, kind) => {
    await judgeTimelineOf(shop, ffmpeg, kind, CUT_AT);
  });

  it('docs/formats.md is what the museum says', () => {
    if (process.env.RESTAGE_MUSEUM === 'write') writeFileSync(page, formatsPage());
    expect(readFileSync(page, 'utf8')).toBe(formatsPage());
  });
});
