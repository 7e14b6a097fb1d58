/** What is made of the ledger's entries: rows of a chart, and tables that spreadsheets read, exact to the last 10^-8 of a credit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creditsToString, parseCredits } from '../../../shared/money/pricing.ts';
import { groupSpend, localDay, recentRows, spendGroupings } from '../../../shared/money/spend.ts';
import { spendCsv, spendSummaryCsv } from '../../../shared/money/spendCsv.ts';
import { spendStates } from '../../../shared/money/spendStates.ts';
import { summariseSpend } from '../../../shared/money/spendSummary.ts';
import { spendEntry } from './spendEntry.ts';

describe('the chart', () => {
  it('shows the days without orders too, over the ends of months', () => {
    const rows = groupSpend([spendEntry({})], 'day');
    const recent = recentRows(rows, { by: 'day', count: 3, today: new Date(2026, 2, 2) });
    expect(recent.map(({ key, jobs }) => [key, jobs])).toEqual([
      ['2026-02-28', 0],
      ['2026-03-01', 1],
      ['2026-03-02', 0],
    ]);
    const months = recentRows([], { by: 'month', count: 3, today: new Date(2026, 0, 31) });
    expect(months.map(({ key }) => key)).toEqual(['2025-11', '2025-12', '2026-01']);
  });

  it('puts the newest day first, and the dearest project', () => {
    const old = spendEntry({ at: new Date(2026, 0, 5).toISOString(), project: 'Big', credits: '900' });
    expect(groupSpend([old, spendEntry({ project: 'Small' })], 'day').map(({ key }) => key)).toEqual([
      '2026-03-01',
      localDay(new Date(2026, 0, 5)),
    ]);
    expect(groupSpend([spendEntry({ project: 'Small' }), old], 'project').map(({ name }) => name)).toEqual([
      'Big',
      'Small',
    ]);
  });
});

describe('the CSV', () => {
  it('is what Excel and a parser read: mark, CRLF, quotes, exact amounts', () => {
    const csv = spendCsv([spendEntry({ project: 'A, "B"', character: null })]);
    expect(csv.startsWith('\uFEFFdate,time_utc,state,credits,')).toBe(true);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(csv.split('\r\n')).toHaveLength(3);
    expect(csv).toContain(',81.64800001,no,evolink,motion,"A, ""B""",,clip.mp4,j,');
  });

  it('never hands a formula to a spreadsheet, whatever a file is called', () => {
    const start = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n');
    fc.assert(
      fc.property(start, fc.string(), fc.string(), (first, rest, project) => {
        const [, ...rows] = parseCsv(
          spendCsv([spendEntry({ clip: { id: 'c', name: first + rest }, project })]).slice(1),
        );
        expect(rows).toHaveLength(1);
        expect(rows[0]?.[9]).toBe(`'${first}${rest}`);
        expect(rows[0]?.every((value) => !/^[=+\-@\t\r\n]/.test(value))).toBe(true);
        expect(rows[0]).toHaveLength(17);
      }),
    );
  });
});

describe('the CSV of sums', () => {
  const tagged = [
    spendEntry({ tags: ['=1+1', 'Film, "A"'] }),
    spendEntry({ jobId: 'k', tags: ['=1+1'], result: 'rejected' }),
  ];

  it('D20: says per account what is a group, what is counted twice and what is the total, exact to the last decimal', () => {
    const summary = summariseSpend(tagged, 'tag');
    const [head = [], ...lines] = parseCsv(spendSummaryCsv([{ isSandbox: false, summary }]).slice(1));
    const column = (name: string) => lines.map((line) => line[head.indexOf(name)]);
    expect(column('row')).toEqual(['group', 'group', 'overlap', 'total']);
    expect(column('group')).toEqual(["'=1+1", 'Film, "A"', '', '']);
    expect(column('charged')).toEqual(['163.29600002', '81.64800001', '-81.64800001', '163.29600002']);
    expect(column('kept')).toEqual(['1', '1', '-1', '1']);
    expect(column('charged_per_kept')).toEqual(['163.29600002', '81.64800001', '', '163.29600002']);
    expect(new Set(column('unit'))).toEqual(new Set(['credits']));
  });

  it('D20: of any ledger, its rows add up to its total in every column of credits and of jobs', () => {
    const amount = fc.bigInt({ min: 0n, max: 90_000_000_000n }).map(creditsToString);
    const drawn = fc.array(
      fc.record({
        credits: amount,
        state: fc.constantFrom(...spendStates),
        tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(drawn, fc.constantFrom(...spendGroupings), (rows, by) => {
        const entries = rows.map((row, index) => spendEntry({ jobId: String(index), ...row }));
        const summary = summariseSpend(entries, by);
        const [head = [], ...lines] = parseCsv(spendSummaryCsv([{ isSandbox: true, summary }]).slice(1));
        for (const name of spendStates) {
          const figures = lines.map((line) => parseCredits(line[head.indexOf(name)] ?? ''));
          expect(figures.slice(0, -1).reduce((sum, units) => sum + units, 0n)).toBe(figures.at(-1));
          const own = entries.filter(({ state }) => state === name);
          expect(figures.at(-1)).toBe(own.reduce((sum, { credits }) => sum + parseCredits(credits ?? '0'), 0n));
        }
      }),
    );
  });
});

/** RFC 4180 by the book, written apart from the writer. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(text.slice(at));
    const plain = quoted ? null : /^[^,\r\n]*/.exec(text.slice(at));
    rows.at(-1)?.push(quoted ? (quoted[1] ?? '').replaceAll('""', '"') : (plain?.[0] ?? ''));
    at += (quoted ?? plain)?.[0].length ?? 0;
    if (text[at] === ',') at += 1;
    else if (text.startsWith('\r\n', at)) {
      at += 2;
      if (at < text.length) rows.push([]);
    } else if (at < text.length) throw new Error(`not a row at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`);
  }
  return rows;
}
