/** Cuts found in edits whose cuts are known: drawn ones always, ones of real footage where RESTAGE_FOOTAGE names a folder. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Timeline } from '../../../shared/contract/timeline.ts';
import { fixtureFfmpeg, h264, makeClip, oldBinaries, openWorkshop, run, type Workshop } from '../../fixtures/media.ts';
import { drawnSources, type EditSource, makeEdit, score } from '../../fixtures/mediaEdits.ts';

const footage = process.env.RESTAGE_FOOTAGE;
/** Nothing was tuned on these. */
const seeds = [101, 102, 103];

let shop: Workshop;
let ffmpeg: string;
/** What the drawn edit is made of is younger than the build of 2018. */
let canDraw: boolean;
const cannotDraw = 'the machine’s ffmpeg has no filters gradients and scroll to draw the edit with';
beforeAll(async () => {
  shop = await openWorkshop();
  ffmpeg = await fixtureFfmpeg(shop.media);
  const filters = (await run(ffmpeg, ['-hide_banner', '-filters'])).toString();
  canDraw = / gradients /.test(filters) && / scroll /.test(filters);
});
afterAll(() => shop.close());

async function scanned(path: string, service = shop.media): Promise<{ last: Timeline; steps: Timeline[] }> {
  const facts = await service.readFacts(path);
  if (facts.kind !== 'video') throw new Error('not a video');
  const steps: Timeline[] = [];
  const isComplete = (timeline: Timeline) => timeline.takes !== undefined;
  const last = await new Promise<Timeline>((resolve, reject) => {
    const onChange = (timeline: Timeline) => {
      steps.push(timeline);
      if (isComplete(timeline)) resolve(timeline);
    };
    service.timeline(path, facts, onChange).then((now) => isComplete(now) && resolve(now), reject);
  });
  return { last, steps };
}

async function totals(sources: readonly EditSource[], shots: number, used: readonly number[], service = shop.media) {
  const sum = { hits: 0, cuts: 0, found: 0 };
  for (const seed of used) {
    const edit = await makeEdit({ ffmpeg, folder: shop.folder, sources, seed, shots });
    const { last } = await scanned(edit.path, service);
    const own = score(
      (last.cuts ?? []).map((cut) => cut.seconds),
      edit,
    );
    sum.hits += own.hits;
    sum.cuts += own.cuts;
    sum.found += own.found;
  }
  return { recall: sum.hits / sum.cuts, precision: sum.hits / Math.max(1, sum.found), cuts: sum.cuts };
}

describe('hard cuts', () => {
  it('of a drawn edit', async ({ skip }) => {
    skip(!canDraw, cannotDraw);
    const { recall, precision, cuts } = await totals(drawnSources, 7, [seeds[0] ?? 0]);
    expect(cuts).toBeGreaterThanOrEqual(4);
    expect(recall).toBeGreaterThanOrEqual(0.95);
    expect(precision).toBeGreaterThanOrEqual(0.95);
  });

  it('of a drawn edit, on the build of 2018', async ({ skip }) => {
    skip(!canDraw, cannotDraw);
    const old = await openWorkshop(oldBinaries);
    try {
      const { recall, precision } = await totals(drawnSources, 7, [seeds[1] ?? 0], old.media);
      expect([recall, precision]).toEqual([1, 1]);
    } finally {
      await old.close();
    }
  });

  it.skipIf(!footage)(
    'of edits of footage, over three seeds',
    async () => {
      const folder = footage ?? '';
      // Too short to take two stretches from.
      const names = readdirSync(folder).filter((name) => name.endsWith('.mp4') && !name.startsWith('rotated'));
      const sources: EditSource[] = [];
      for (const name of names) {
        const facts = await shop.media.readFacts(join(folder, name));
        if (facts.kind === 'video') sources.push({ input: ['-i', join(folder, name)], seconds: facts.durationSeconds });
      }
      const { recall, precision, cuts } = await totals(sources, 16, seeds);
      console.info(`cuts of footage: ${cuts} true, recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}`);
      expect(cuts).toBeGreaterThan(30);
      expect(recall).toBeGreaterThanOrEqual(0.95);
      expect(precision).toBeGreaterThanOrEqual(0.95);
    },
    600_000,
  );
});

it('coarse marks come before exact ones, the second look is a lookup, and exact ones are to the frame', async () => {
  const [first, second] = ['testsrc2=s=480x360:r=25:d=10', 'testsrc=s=480x360:r=25:d=10'];
  const source = await makeClip(ffmpeg, shop.path('two-shots.mp4'), {
    rate: '25',
    frames: 500,
    filters: `null[n];${first}[a];${second},format=yuv420p[b];[a][b]concat=n=2:v=1[c];[n][c]overlay=0:0`,
    video: [...h264, '-g', '25'],
  });
  const { last, steps } = await scanned(source);
  expect(last.cuts?.map((cut) => cut.seconds)).toEqual([10]);
  expect(last.cutsAreCoarse).toBeUndefined();
  expect(last.takes).toEqual([
    { from: 0, to: 10 },
    { from: 10, to: 20 },
  ]);
  const coarse = steps.find((step) => step.cutsAreCoarse);
  expect(coarse?.cuts?.length).toBe(1);
  expect(Math.abs((coarse?.cuts?.[0]?.seconds ?? 0) - 10)).toBeLessThanOrEqual(1.1);
  expect((await scanned(source)).steps).toEqual([]);
});
