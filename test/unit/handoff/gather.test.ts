/** Results as clips of a timeline and as orders of an edit: facts of the files, trims in frames, notes as markers, and what is refused. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createMadeCopies } from '../../../main/handoff/conform/madeCopies.ts';
import { type GatherServices, gatherHandoff } from '../../../main/handoff/gather.ts';
import type { ConformOutcome } from '../../../shared/contract/conform.ts';
import { mostCopyTasks } from '../../../shared/contract/handoff.ts';
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
    copyOf: () => null,
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

it('W16: a timeline of copies names their files, facts and moments; a result without one is refused by name', async () => {
  const notes = [{ id: 'n1', atSeconds: 4, text: 'hand', isDone: false }];
  const items = [item('a', { notes, durationSeconds: 10 }), item('b')];
  const copy = path.join(home, 'a copy.mp4');
  writeFileSync(copy, 'copy');
  const at25 = { num: 25, den: 1 };
  const facts = videoFacts({ frameRate: at25, frameCount: 240, durationSeconds: 9.6, sourceTimecode: '10:00:00:00' });
  const made = createMadeCopies();
  const copied = { id: 'a', state: 'made', copy: { file: copy } } as unknown as ConformOutcome;
  made.remember('t1', [copied, { id: 'b', state: 'cancelled' }], { isRestamped: true });
  const services = { ...servicesFor(items, { 'a copy': facts }, source), copyOf: made.find };
  const asked = { as: 'timeline' as const, copiesOf: ['t1', 't2'] };
  const { timeline } = await gatherHandoff(services, { ids: ['a'], ...asked });
  expect(timeline?.clips[0]?.media).toMatchObject({ path: copy, rate: at25, startFrames: 900_000 });
  // 24 played as 25: the picture at 4 s is there at 3.84 s.
  expect(timeline?.clips[0]?.markers).toEqual([{ atFrames: 96, text: 'hand', isDone: false }]);
  expect(await reasonsOf(gatherHandoff(services, { ids: ['a', 'b'], ...asked }))).toEqual([
    { field: 'ids', rule: 'handoff.noCopy', params: { name: 'b' } },
  ]);
  rmSync(copy);
  symlinkSync(items[0]?.file ?? '', copy);
  expect(await reasonsOf(gatherHandoff(services, { ids: ['a'], ...asked }))).toMatchObject([
    { rule: 'handoff.missing' },
  ]);
});

it('W16: the last of several tasks has the word, and the oldest is forgotten', () => {
  const made = createMadeCopies();
  const outcome = (file: string) => [{ id: 'a', state: 'reused', copy: { file } } as unknown as ConformOutcome];
  for (let n = 0; n <= mostCopyTasks; n += 1) made.remember(`t${n}`, outcome(`/${n}.mov`), { isRestamped: false });
  expect(made.find('a', ['t1', 't7', 't3'])).toEqual({ file: '/3.mov', isRestamped: false });
  expect([made.find('a', ['t0']), made.find('b', ['t1'])]).toEqual([null, null]);
});
