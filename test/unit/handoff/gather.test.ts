/** Results as clips of a timeline and as orders of an edit: facts of the files, trims in frames, notes as markers, and what is refused. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type GatherServices, gatherHandoff } from '../../../main/handoff/gather.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { videoFacts } from '../../fixtures/mediaFacts.ts';
import { sidecarOf } from '../library/sidecarOf.ts';

const home = mkdtempSync(path.join(tmpdir(), 'restage-gather-'));
const folder = path.join(home, 'library');
mkdirSync(folder);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const at2997 = { num: 30_000, den: 1001 };
const source = videoFacts({
  frameRate: at2997,
  frameCount: 900,
  durationSeconds: 30.03,
  sourceTimecode: '10:00:00;00',
});

function item(id: string, own: Partial<LibraryItem> = {}): LibraryItem {
  const file = path.join(folder, `${id}.mp4`);
  writeFileSync(file, id);
  const record = sidecarOf(id, { path: file, sidecar: `${file}.json`, name: id }, 1).item;
  const recipe = { kind: 'element', videoId: 'ref', name: 'n', description: 'd', preset: 'fast' } as const;
  return { ...record, recipe, state: 'present', take: null, ...own };
}

/** The index, the assets and what ffprobe would say, as given; the files are real. */
function servicesFor(items: readonly LibraryItem[], results: Record<string, VideoFacts>, reference: VideoFacts | null) {
  const services: GatherServices = {
    library: {
      get: (id) => {
        const found = items.find((each) => each.id === id);
        if (!found) throw new RestageError('notFound');
        return found;
      },
    },
    assets: {
      record: (id) => {
        if (id !== 'ref' || !reference) throw new RestageError('notFound');
        return { id, name: 'walk.mov', path: '/rushes/walk.mov', facts: reference };
      },
    },
    media: { readFacts: async (file) => results[path.basename(file, '.mp4')] ?? videoFacts() },
    libraryFolders: () => [folder],
    stagingDir: path.join(home, 'staging'),
  };
  return services;
}

const reasonsOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof RestageError ? error.reasons : error;
};

it('W17: end to end, counted as the reference is, with notes of a moment as markers', async () => {
  const notes = [
    { id: 'n1', atSeconds: 1.001, text: 'hand', isDone: false },
    { id: 'n2', atSeconds: null, text: 'all of it', isDone: false },
  ];
  const items = [item('a', { notes }), item('b')];
  const facts = videoFacts({ frameRate: { num: 2997, den: 100 }, frameCount: 100 });
  const services = servicesFor(items, { a: facts, b: facts }, source);
  const { timeline } = await gatherHandoff(services, { ids: ['b', 'a'], as: 'timeline' });
  expect(timeline).toMatchObject({ rate: at2997, isDropFrame: true, startFrames: 107_892, width: 1280, height: 720 });
  expect(timeline?.clips.map(({ itemId, recordFrames, outFrames }) => [itemId, recordFrames, outFrames])).toEqual([
    ['b', 0, 100],
    ['a', 100, 100],
  ]);
  expect(timeline?.clips[1]?.markers).toEqual([{ atFrames: 30, text: 'hand', isDone: false }]);
});

it('W17: an order tells the frames of its reference, with its timecode', async () => {
  const recipe = { kind: 'element', videoId: 'ref', name: 'n', description: 'd', preset: 'fast' } as const;
  const trims = [
    { unit: 'frames', from: 50, to: 150 },
    { unit: 'seconds', from: 1.001, to: 3.003 },
    undefined,
  ] as const;
  const items = trims.map((trim, at) => item(`t${at}`, { recipe: { ...recipe, ...(trim ? { trim } : {}) } }));
  const services = servicesFor(items, {}, source);
  const { orders } = await gatherHandoff(services, { ids: ['t0', 't1', 't2'], as: 'orders' });
  expect(orders.map((order) => [order.source.inFrames, order.source.outFrames])).toEqual([
    [50, 150],
    [30, 90],
    [0, 900],
  ]);
  expect(orders[0]?.source).toMatchObject({ name: 'walk.mov', path: '/rushes/walk.mov', startFrames: 1_078_920 });
});

it('W17: bytes that came through a page have a name and no place', async () => {
  const services = servicesFor([item('a')], {}, source);
  const staged = { ...services, stagingDir: '/rushes' };
  const { orders } = await gatherHandoff(staged, { ids: ['a'], as: 'orders' });
  expect(orders[0]?.source).toMatchObject({ name: 'walk.mov', path: null });
});

it('W17: a conformed copy stands for its result', async () => {
  const copy = path.join(home, 'copies', 'a.mov');
  const services = servicesFor([item('a')], { 'a.mov': videoFacts({ sourceTimecode: '01:00:00:00' }) }, null);
  const made = { ...services, copyOf: () => copy };
  const { timeline } = await gatherHandoff(made, { ids: ['a'], as: 'timeline' });
  expect(timeline?.clips[0]?.media).toMatchObject({ path: copy, startFrames: 108_000 });
});

it('W17: what cannot be handed over is told result by result', async () => {
  const items = [item('gone'), item('link'), item('loose'), item('imported', { recipe: null })];
  rmSync(path.join(folder, 'gone.mp4'));
  rmSync(path.join(folder, 'link.mp4'));
  writeFileSync(path.join(home, 'secret.mp4'), 'x');
  symlinkSync(path.join(home, 'secret.mp4'), path.join(folder, 'link.mp4'));
  const services = servicesFor(items, { loose: videoFacts({ isConstantRate: false }) }, source);
  const gather = (ids: string[], as: 'timeline' | 'orders') => reasonsOf(gatherHandoff(services, { ids, as }));
  expect(await gather(['gone', 'link', 'loose', 'imported'], 'timeline')).toMatchObject([
    { field: 'ids', rule: 'handoff.missing', params: { name: 'gone' } },
    { field: 'ids', rule: 'handoff.missing', params: { name: 'link' } },
    { field: 'ids', rule: 'handoff.notConstant', params: { name: 'loose' } },
  ]);
  expect(await gather(['imported'], 'orders')).toMatchObject([{ rule: 'handoff.sourceUnknown' }]);
});

it('W17: rates that do not fit into one timeline are refused, those that fit stand on whole frames', async () => {
  const items = [item('a'), item('b'), item('c')];
  const rates = {
    a: videoFacts({ frameRate: { num: 25, den: 1 }, frameCount: 100 }),
    b: videoFacts({ frameRate: { num: 50, den: 1 }, frameCount: 101 }),
    c: videoFacts({ frameRate: { num: 24_000, den: 1001 }, frameCount: 100 }),
  };
  const services = servicesFor(items, rates, source);
  const { timeline } = await gatherHandoff(services, { ids: ['a', 'b'], as: 'timeline' });
  // 101 frames of twice the rate: the last has no frame of its own.
  expect(timeline?.clips.map(({ recordFrames, outFrames }) => [recordFrames, outFrames])).toEqual([
    [0, 100],
    [100, 100],
  ]);
  expect(await reasonsOf(gatherHandoff(services, { ids: ['a', 'c'], as: 'timeline' }))).toMatchObject([
    { field: 'ids', rule: 'handoff.mixedRates', params: { name: 'c', rate: '23.976', firstRate: '25' } },
  ]);
});
