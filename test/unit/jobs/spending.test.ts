/** What the Spend screen shows is what the ledger says: random ledgers, summed here by SQL and there by the code, to the last 10^-8 of a credit. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readSpending } from '../../../main/jobs/record/spending.ts';
import { createJobStore } from '../../../main/jobs/record/store.ts';
import { openJobsDb } from '../../../main/storage/jobsDb.ts';
import { creditsToString } from '../../../shared/money/pricing.ts';
import { spendCounts, spendGroupings, totalSpend } from '../../../shared/money/spend.ts';
import { spendStates } from '../../../shared/money/spendStates.ts';
import { costPerKept, failedShare, releasedShare, summariseSpend } from '../../../shared/money/spendSummary.ts';
import { type LedgerJob, openLedger as openLedgerIn } from '../../fixtures/ledgerProfile.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'restage-spend-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let profiles = 0;
const openLedger = () => openLedgerIn(path.join(folder, String(profiles++)));

const units = fc.bigInt({ min: 0n, max: 90_000_000_000n });
const ledgerJob: fc.Arbitrary<LedgerJob> = fc.record({
  isSandbox: fc.boolean(),
  clip: fc.integer({ min: 0, max: 2 }),
  character: fc.option(fc.integer({ min: 0, max: 2 })),
  project: fc.option(fc.constantFrom('Film A', '=SUM(A1)', '映画「B」')),
  estimateHigh: units.map(creditsToString),
  state: fc.constantFrom('running', 'completed', 'completed', 'completed', 'failed', 'cancelled', 'expired'),
  result: fc.option(
    fc.record({
      tags: fc.uniqueArray(fc.constantFrom('Final', '山田', 'A, "B"', 'client x', '=1'), { maxLength: 4 }),
      place: fc.constantFrom('library', 'trash'),
    }),
  ),
  words: fc.array(
    fc.record({
      state: fc.constantFrom('hold' as const, 'charged' as const, 'released' as const, 'unknown' as const),
      units: fc.option(units, { freq: 3 }),
      day: fc.integer({ min: 1, max: 70 }),
    }),
    { maxLength: 4 },
  ),
});

/** An account of its own of what the ledger says: integers in SQL, made from the text of the amount. */
const integer = (text: string) => `(CASE WHEN instr(${text}, '.') = 0 THEN CAST(${text} AS INTEGER) * 100000000
  ELSE CAST(substr(${text}, 1, instr(${text}, '.') - 1) AS INTEGER) * 100000000
     + CAST(substr(substr(${text}, instr(${text}, '.') + 1) || '00000000', 1, 8) AS INTEGER) END)`;

function sqlSums(db: ReturnType<typeof openJobsDb>, isSandbox: boolean): Record<string, string> {
  const rows = db.all(
    `WITH last AS (SELECT * FROM ledger WHERE id IN (SELECT max(id) FROM ledger GROUP BY job_id)),
          named AS (SELECT * FROM ledger WHERE id IN (SELECT max(id) FROM ledger WHERE credits IS NOT NULL GROUP BY job_id)),
          amounts AS (SELECT last.state AS state,
              coalesce(named.credits, CASE last.state WHEN 'released' THEN '0' ELSE jobs.estimate_high END) AS credits
            FROM last JOIN jobs ON jobs.id = last.job_id LEFT JOIN named ON named.job_id = last.job_id
            WHERE last.account_id ${isSandbox ? '=' : '<>'} 'sandbox')
     SELECT state, CAST(sum(${integer('credits')}) AS TEXT) AS units, count(*) AS jobs FROM amounts GROUP BY state`,
  );
  const sums: Record<string, string> = { hold: '0', charged: '0', released: '0', unknown: '0' };
  for (const row of rows) sums[String(row.state)] = String(row.units);
  return sums;
}

/** A job with all that a test does not speak of. */
const aJob = (more: Partial<LedgerJob>): LedgerJob => ({
  ...{
    isSandbox: false,
    clip: 0,
    character: 0,
    project: null,
    estimateHigh: '81.648',
    state: 'completed',
    result: null,
  },
  words: [{ state: 'charged', units: 8_164_800_000n, day: 3 }],
  ...more,
});

describe('sums', () => {
  it('D20: equal the ledger, real and sandbox apart, and the rows of every grouping add up to them', () => {
    const { db, fill, read, close } = openLedger();
    fc.assert(
      fc.property(fc.array(ledgerJob, { maxLength: 12 }), (jobs) => {
        fill(jobs);
        const entries = read();
        expect(entries).toHaveLength(jobs.filter((job) => job.words.length > 0).length);
        for (const isSandbox of [true, false]) {
          const own = entries.filter((entry) => entry.isSandbox === isSandbox);
          const { reserved, charged, released, unknown } = totalSpend(own);
          expect({
            hold: String(reserved),
            charged: String(charged),
            released: String(released),
            unknown: String(unknown),
          }).toEqual(sqlSums(db, isSandbox));
          for (const by of spendGroupings) {
            const { rows, overlap, total } = summariseSpend(own, by);
            expect(total).toEqual(totalSpend(own));
            if (by !== 'tag') expect(overlap).toBeNull();
            const lines = [...rows, ...(overlap ? [overlap] : [])];
            for (const state of spendStates)
              expect(lines.reduce((sum, row) => sum + row[state], 0n)).toBe(total[state]);
            for (const count of spendCounts) expect(lines.reduce((sum, row) => sum + row[count], 0)).toBe(total[count]);
          }
        }
      }),
      { numRuns: 30 },
    );
    close();
  }, 60_000);

  it('D20: a job counts in full under each of its tags, also after its result was thrown away, and once in the total', () => {
    const { fill, read, close } = openLedger();
    const tagged = (tags: string[], place: 'library' | 'trash') => aJob({ result: { tags, place } });
    fill([tagged(['Final', 'Client'], 'library'), tagged(['client'], 'trash'), aJob({ state: 'failed' })]);
    const { rows, overlap, total } = summariseSpend(read(), 'tag');
    expect(rows.map(({ name, charged, jobs }) => [name, charged, jobs])).toEqual([
      ['Client', 16_329_600_000n, 2],
      ['', 8_164_800_000n, 1],
      ['Final', 8_164_800_000n, 1],
    ]);
    expect(overlap).toMatchObject({ charged: -8_164_800_000n, jobs: -1 });
    expect(total).toMatchObject({ charged: 24_494_400_000n, jobs: 3, kept: 1, gone: 1, failed: 1, delivered: 2 });
    close();
  });

  it('D20: what a kept result has cost holds what was charged for the others too', () => {
    const { fill, read, close } = openLedger();
    const kept = { tags: [], place: 'library' } as const;
    fill([
      aJob({ result: { ...kept, tags: [] } }),
      aJob({ result: { tags: [], place: 'trash' } }),
      aJob({ state: 'expired', words: [{ state: 'charged', units: 1n, day: 4 }] }),
      aJob({ state: 'failed', words: [{ state: 'released', units: 8_164_800_000n, day: 4 }] }),
      aJob({ state: 'running', words: [{ state: 'hold', units: null, day: 4 }] }),
    ]);
    const sums = totalSpend(read());
    expect(creditsToString(costPerKept(sums) ?? 0n)).toBe('163.29600001');
    expect(failedShare(sums)).toBe(0.5);
    expect(releasedShare(sums)).toBe(0.333333);
    expect(costPerKept({ charged: 2n, kept: 3 })).toBe(1n);
    expect(costPerKept({ charged: 1n, kept: 3 })).toBe(0n);
    expect([costPerKept(totalSpend([])), failedShare(totalSpend([])), releasedShare(totalSpend([]))]).toEqual([
      null,
      null,
      null,
    ]);
    close();
  });

  it('read a profile without writing to it', () => {
    const word = { state: 'charged', units: 816_480_001n, day: 3 } as const;
    const written = openLedger();
    written.fill([aJob({ clip: 1, character: 2, project: 'Film A', words: [word] })]);
    written.close();
    const db = openJobsDb(written.profileDir, { readOnly: true });
    expect(readSpending(db, new Map())).toMatchObject([
      {
        jobId: 'job0',
        state: 'charged',
        credits: '8.16480001',
        project: 'Film A',
        clip: { name: 'clip1' },
        character: { name: 'image2' },
        outcome: 'delivered',
        result: 'gone',
      },
    ]);
    db.close();
  });

  it('count a job of unknown outcome before the ledger says a word', () => {
    const { db, fill, read, close } = openLedger();
    fill([aJob({ state: 'running', words: [] })]);
    expect(read()).toEqual([]);
    createJobStore(db, { now: () => Date.UTC(2026, 0, 2), sleep: () => Promise.resolve() }, () => {}).update('job0', {
      outcomeUnknownSince: 1,
    });
    expect(totalSpend(read())).toMatchObject({ unknown: 8_164_800_000n, jobs: 1, isEstimate: true });
    close();
  });
});
