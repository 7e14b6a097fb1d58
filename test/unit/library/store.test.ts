import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openLibraryStore, type PutItem } from '../../../main/library/store.ts';
import { listOf } from '../../fixtures/libraryQuery.ts';

const item = (id: string, more: Partial<PutItem>): PutItem => ({
  id,
  jobId: id,
  name: id,
  file: `/nowhere/${id}.mp4`,
  sidecar: `/nowhere/${id}.restage.json`,
  state: 'present',
  createdAt: `2026-01-01T00:00:0${id.length}.000Z`,
  width: 720,
  height: 1280,
  durationSeconds: 5,
  orderedSeconds: 5,
  sizeBytes: 1,
  hasAudio: false,
  isSandbox: true,
  accountId: 'sandbox',
  taskId: 't',
  recipe: {
    kind: 'motion',
    videoId: 'v',
    imageId: 'i',
    orientation: 'video',
    quality: '720p',
    preset: 'fast',
    keepSound: true,
    prompt: '',
    watermark: false,
  },
  videoName: 'clip.mp4',
  imageName: 'hero.png',
  creditsCharged: null,
  rating: 0,
  ...{ flag: 'none', isHidden: false, tags: [], project: null, note: '', notes: [], shotId: null },
  hasProvenance: null,
  ...more,
});

it('finds words of any length and any width, in every field, and counts', async () => {
  const profile = await mkdtemp(path.join(tmpdir(), 'restage-library-'));
  const store = openLibraryStore(profile);
  store.put(item('a', { name: '踊る 人形' }));
  store.put(item('bb', { note: 'カタカナ 100% "quoted"' }));
  store.put(item('ccc', { tags: ['Winter'], videoName: 'Skeleton Dance.mp4' }));
  const found = (search: string) => store.list(listOf({ query: search })).items.map(({ id }) => id);
  expect(found('')).toEqual(['ccc', 'bb', 'a']);
  expect(found('踊る')).toEqual(['a']);
  expect(found('形')).toEqual(['a']);
  expect(found('ｶﾀｶﾅ')).toEqual(['bb']);
  expect(found('"quoted')).toEqual(['bb']);
  expect(found('quo')).toEqual(['bb']);
  expect(found('0%')).toEqual(['bb']);
  expect(found('winter skeleton')).toEqual(['ccc']);
  expect(found('winter 踊る')).toEqual([]);
  store.put(item('ccc', { tags: ['Summer'] }));
  expect(found('winter')).toEqual([]);
  expect(found('summer')).toEqual(['ccc']);
  store.close();
});
