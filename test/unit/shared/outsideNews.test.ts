/** What a person is told of while they look elsewhere: each thing once, several together, nothing that they see anyway. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../../shared/contract/jobs.ts';
import { createTranslator } from '../../../shared/i18n/index.ts';
import { createNewsGatherer, type NewsKind, type OutsideNews, wordNews } from '../../../shared/outsideNews.ts';
import { job } from '../renderer/samples.ts';

let told: OutsideNews[] = [];
let due: (() => void)[] = [];
let isWatched = false;
let wanted: NewsKind[] = [];
let news = gatherer();

function gatherer() {
  return createNewsGatherer({
    isWanted: (kind) => wanted.includes(kind),
    isWatched: () => isWatched,
    tell: (one) => void told.push(one),
    later: (work) => void due.push(work),
  });
}

beforeEach(() => {
  [told, due, isWatched, wanted] = [[], [], false, ['finished', 'attention', 'linkDies']];
  news = gatherer();
});

const pass = () => {
  for (const work of due.splice(0)) work();
};
const toldNow = () => {
  pass();
  return told.splice(0).map(({ kind, jobs }) => [kind, ...jobs.map(({ id }) => id)]);
};
const as = (id: string, more: Partial<Job>) => job({ id, ...more });
const done = (id: string) => as(id, { state: 'completed' });
const asks = (id: string) => as(id, { state: 'submitting', waitingFor: 'outcome' });

describe('news', () => {
  it('are results and jobs that need somebody, and nothing else', () => {
    news.changed([
      as('queued', {}),
      as('runs', { state: 'running' }),
      as('line', { state: 'running', waitingFor: 'network' }),
      as('place', { state: 'uploading', waitingFor: 'slot' }),
      as('paused', { state: 'queued', waitingFor: 'paused' }),
      as('cancelled', { state: 'cancelled' }),
      as('hidden', { state: 'completed', isHidden: true }),
    ]);
    expect(due).toEqual([]);
    news.changed([done('a'), asks('b'), as('c', { state: 'failed' }), as('d', { state: 'expired' })]);
    expect(toldNow()).toEqual([
      ['finished', 'a'],
      ['attention', 'b', 'c', 'd'],
    ]);
  });

  it('that come within a moment are told together, later ones again', () => {
    news.changed([done('a')]);
    news.changed([done('b')]);
    expect(due).toHaveLength(1);
    expect(toldNow()).toEqual([['finished', 'a', 'b']]);
    news.changed([done('c')]);
    expect(toldNow()).toEqual([['finished', 'c']]);
  });

  it('are told once, however often a job tries again for the same reason', () => {
    const source = { state: 'uploading', waitingFor: 'source' } as const;
    news.changed([as('a', source)]);
    expect(toldNow()).toEqual([['attention', 'a']]);
    for (let round = 0; round < 3; round += 1) {
      news.changed([as('a', { state: 'uploading' })]);
      news.changed([as('a', source)]);
    }
    news.changed([as('a', source)]);
    expect(toldNow()).toEqual([]);
    news.changed([as('a', { state: 'uploading', waitingFor: 'credits' })]);
    expect(toldNow()).toEqual([['attention', 'a']]);
  });

  it('are not what was there before', () => {
    news.know([done('old'), asks('asked'), as('runs', { state: 'running' })]);
    news.changed([done('old'), asks('asked')]);
    expect(due).toEqual([]);
    news.changed([done('runs')]);
    expect(toldNow()).toEqual([['finished', 'runs']]);
  });

  it('are dropped when somebody looks, when nobody wants them, and when they are settled by then', () => {
    news.changed([done('seen')]);
    isWatched = true;
    expect(toldNow()).toEqual([]);
    isWatched = false;
    expect(toldNow()).toEqual([]);
    wanted = ['attention'];
    news.changed([done('unwanted'), asks('settled')]);
    news.changed([as('settled', { state: 'running' })]);
    expect(toldNow()).toEqual([]);
  });

  it('tell of a link that will die', () => {
    news.know([as('a', { state: 'downloading', waitingFor: 'network' })]);
    news.linkDies('a');
    expect(toldNow()).toEqual([['linkDies', 'a']]);
  });
});

describe('their words', () => {
  it.each(['en', 'ja', 'ko'] as const)('are there in %s for one and for many', (language) => {
    const say = createTranslator(language) as unknown as Parameters<typeof wordNews>[1];
    for (const kind of ['finished', 'attention', 'linkDies'] as const) {
      const one = wordNews({ kind, jobs: [done('a')] }, say);
      expect(one.title).not.toMatch(/jobs\.|\{\{/);
      expect(one.body).toBe('dance.mp4 → wanderer.jpg');
      const many = wordNews({ kind, jobs: ['a', 'b', 'c', 'd', 'e'].map(done) }, say);
      expect(many.title).toContain('5');
      expect(many.body.split('\n')).toHaveLength(4);
    }
  });
});
