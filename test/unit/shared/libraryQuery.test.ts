/** The grammar of the library's queries: what is meant, and where a mistake is. */
import { describe, expect, it } from 'vitest';
import { parseQuery, queryRules, queryTerm } from '../../../shared/library/query.ts';

const terms = (text: string) => parseQuery(text).terms;
const problems = (text: string) => parseQuery(text).problems.map(({ from, to, rule }) => [text.slice(from, to), rule]);
const no = { isNot: false };

describe('L2: the grammar', () => {
  it('reads words, phrases and what is not wanted', () => {
    expect(terms(' 踊る "blue hero" -rain -"two words" - a-b ')).toEqual([
      { kind: 'words', ...no, text: '踊る' },
      { kind: 'words', ...no, text: 'blue hero' },
      { kind: 'words', isNot: true, text: 'rain' },
      { kind: 'words', isNot: true, text: 'two words' },
      { kind: 'words', ...no, text: '-' },
      { kind: 'words', ...no, text: 'a-b' },
    ]);
    expect(terms('https://x.test/a a=b 12:30 ""')).toEqual([
      { kind: 'words', ...no, text: 'https://x.test/a' },
      { kind: 'words', ...no, text: 'a=b' },
      { kind: 'words', ...no, text: '12:30' },
    ]);
  });

  it('reads every field, whatever its case and however wide it was typed', () => {
    expect(terms('tag:冬 FLAG:Pick quality:1080P character:hero clip:"dance.mp4" project："" element:el-1')).toEqual([
      { kind: 'tag', ...no, value: '冬' },
      { kind: 'choice', ...no, field: 'flag', value: 'pick' },
      { kind: 'choice', ...no, field: 'quality', value: '1080p' },
      { kind: 'name', ...no, field: 'character', value: 'hero', isWhole: false },
      { kind: 'name', ...no, field: 'clip', value: 'dance.mp4', isWhole: true },
      { kind: 'name', ...no, field: 'project', value: '', isWhole: true },
      { kind: 'name', ...no, field: 'element', value: 'el-1', isWhole: false },
    ]);
    expect(terms('rating>=4 seconds<10 seconds：2,5 rating＜＝３ -is:hidden is:missing')).toEqual([
      { kind: 'number', ...no, field: 'rating', comparison: '>=', value: 4 },
      { kind: 'number', ...no, field: 'seconds', comparison: '<', value: 10 },
      { kind: 'number', ...no, field: 'seconds', comparison: '=', value: 2.5 },
      { kind: 'number', ...no, field: 'rating', comparison: '<=', value: 3 },
      { kind: 'is', isNot: true, value: 'hidden' },
      { kind: 'is', ...no, value: 'missing' },
    ]);
  });

  it('reads days, months and years, with both ends or one', () => {
    const made = (text: string) => terms(text).map((term) => (term.kind === 'made' ? [term.from, term.to] : term));
    expect(made('made:2026 made:2026-2 made:2026-11-03')).toEqual([
      ['2026-01-01', '2026-12-31'],
      ['2026-02-01', '2026-02-28'],
      ['2026-11-03', '2026-11-03'],
    ]);
    expect(made('made:2026-11..2026-12 made:..2026/11 made:2024-02..')).toEqual([
      ['2026-11-01', '2026-12-31'],
      [null, '2026-11-30'],
      ['2024-02-01', null],
    ]);
    expect(made('made>2026-11 made>=2026-11 made<2026-03-01 made<=2026')).toEqual([
      ['2026-12-01', null],
      ['2026-11-01', null],
      [null, '2026-02-28'],
      [null, '2026-12-31'],
    ]);
  });

  it('tells a mistake with its place, and keeps the rest', () => {
    const text = 'dance ratng:4 rating>=many quality:4k made:2026-13 made:2026-12..2026-11 tag: flag>pick is:odd';
    expect(problems(text)).toEqual([
      ['ratng:4', 'field'],
      ['rating>=many', 'number'],
      ['quality:4k', 'value'],
      ['made:2026-13', 'date'],
      ['made:2026-12..2026-11', 'dates'],
      ['tag:', 'empty'],
      ['flag>pick', 'comparison'],
      ['is:odd', 'value'],
    ]);
    expect(terms(text)).toEqual([{ kind: 'words', ...no, text: 'dance' }]);
    expect(problems('a "never closed')).toEqual([['"never closed', 'quote']]);
    expect(terms('a "never closed')).toEqual([
      { kind: 'words', ...no, text: 'a' },
      { kind: 'words', ...no, text: 'never closed' },
    ]);
    expect(queryRules.every((rule) => /^[a-z]+$/.test(rule))).toBe(true);
  });

  it('takes any text, and gives every character of it to at most one term', () => {
    for (const text of ['-', '""', '::', 'tag:"', '-"', '"-', '：', 'made:....', '-tag:', '\u0000a\u0000', '💃:🕺'])
      for (const { from, to } of parseQuery(text).problems) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(text.length);
        expect(to).toBeGreaterThan(from);
      }
  });

  it('writes terms that read back as the same value', () => {
    expect(terms(queryTerm('character', 'blue hero.png'))).toMatchObject([{ value: 'blue hero.png', isWhole: true }]);
    expect(terms(queryTerm('tag', '冬 "1"'))).toMatchObject([{ kind: 'tag', value: '冬  1' }]);
    expect(terms(queryTerm('project', ''))).toMatchObject([{ kind: 'name', value: '', isWhole: true }]);
  });
});
