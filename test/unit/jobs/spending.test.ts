/** What the Spend screen shows is what the ledger says: random ledgers, summed here by SQL and there by the code, to the last 10^-8 of a credit. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readSpending } from '../../../main/jobs/record/spending.ts';
import { createJobStore } from '../../../main/jobs/record/store.ts';
import { openJobsDb } from '../../../main/storage/jobsDb.ts';
import type { SpendEntry } from '../../../shared/contract/spend.ts';
import { creditsToString } from '../../../shared/money/pricing.ts';
import { groupSpend, localDay, recentRows, spendGroupings, totalSpend } from '../../../shared/money/spend.ts';
import { spendCsv } from '../../../shared/money/spendCsv.ts';
import { spendStates } from '../../../shared/money/spendStates.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'restage-spend-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let profiles = 0;

interface LedgerJob {
  isSandbox: boolean;
  clip: number;
  character: number | null;
  project: string | null;
  estimateHigh: string;
  words: { state: 'hold' | 'charged' | 'released' | 'unknown'; units: bigint | null; day: number }[];
}

const units = fc.bigInt({ min: 0n, max: 90_000_000_000n });
const ledgerJob: fc.Arbitrary<LedgerJob> = fc.record({
  isSandbox: fc.boolean(),
  clip: fc.integer({ min: 0, max: 2 }),
  character: fc.option(fc.integer({ min: 0, max: 2 })),
  project: fc.option(fc.constantFrom('Film A', '=SUM(A1)', '映画「B」')),
  estimateHigh: units.map(creditsToString),
  words: fc.array(
    fc.record({
      state: fc.constantFrom('hold' as const, 'charged' as const, 'released' as const, 'unknown' as const),
      units: fc.option(units, { freq: 3 }),
      day: fc.integer({ min: 1, max: 70 }),
    }),
    { maxLength: 4 },
  ),
});

/** A profile whose ledger can be filled anew: one file, one transaction each time. */
function openLedger() {
  const profileDir = path.join(folder, String(profiles++));
  const db = openJobsDb(profileDir);
  db.transaction(() => {
    for (const provider of ['sandbox', 'evolink'])
      db.run(
        `INSERT INTO accounts (id, provider, api_origin, files_origin, created_at) VALUES (?, ?, 'a', 'f', 'now')`,
        provider,
        provider,
      );
    for (const id of ['clip0', 'clip1', 'clip2', 'image0', 'image1', 'image2'])
      db.run(
        `INSERT INTO assets (id, name, path, size_bytes, mtime_ms, facts, added_at, used_at) VALUES (?, ?, 'p', 1, 1, '{}', 'now', 'now')`,
        id,
        id,
      );
  });
  const fill = (jobs: readonly LedgerJob[]) =>
    db.transaction(() => {
      for (const table of ['ledger', 'job_log', 'jobs']) db.run(`DELETE FROM ${table}`);
      for (const [index, job] of jobs.entries()) insertJob(db, `job${index}`, job);
    });
  return { db, profileDir, fill };
}

function insertJob(db: ReturnType<typeof openJobsDb>, id: string, job: LedgerJob): void {
  const account = job.isSandbox ? 'sandbox' : 'evolink';
  const recipe = {
    kind: 'motion',
    videoId: `clip${job.clip}`,
    imageId: 'image0',
    orientation: 'video',
    quality: '720p',
    ...(job.project === null ? {} : { project: job.project }),
  };
  db.run(
    `INSERT INTO jobs (id, order_id, state, account_id, recipe, video_asset_id, image_asset_id, estimate_low, estimate_high, created_at, updated_at)
     VALUES (?, ?, 'running', ?, ?, ?, ?, '0', ?, 'now', 'now')`,
    id,
    `order-${id}`,
    account,
    JSON.stringify(recipe),
    `clip${job.clip}`,
    job.character === null ? null : `image${job.character}`,
    job.estimateHigh,
  );
  for (const word of job.words)
    db.run(
      'INSERT INTO ledger (job_id, account_id, at, state, credits) VALUES (?, ?, ?, ?, ?)',
      id,
      account,
      new Date(2026, 0, word.day, 12).toISOString(),
      word.state,
      word.units === null ? null : creditsToString(word.units),
    );
}

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

describe('sums', () => {
  it('equal the ledger, real and sandbox apart, and so do the rows of every grouping', () => {
    const { db, fill } = openLedger();
    fc.assert(
      fc.property(fc.array(ledgerJob, { maxLength: 12 }), (jobs) => {
        fill(jobs);
        const entries = readSpending(db);
        expect(entries).toHaveLength(jobs.filter((job) => job.words.length > 0).length);
        for (const isSandbox of [true, false]) {
          const own = entries.filter((entry) => entry.isSandbox === isSandbox);
          const total = totalSpend(own);
          const { reserved, charged, released, unknown } = total;
          expect({
            hold: String(reserved),
            charged: String(charged),
            released: String(released),
            unknown: String(unknown),
          }).toEqual(sqlSums(db, isSandbox));
          for (const by of spendGroupings) {
            const rows = groupSpend(own, by);
            for (const state of spendStates) expect(rows.reduce((sum, row) => sum + row[state], 0n)).toBe(total[state]);
            expect(rows.reduce((sum, row) => sum + row.jobs, 0)).toBe(own.length);
          }
        }
      }),
      { numRuns: 40 },
    );
    db.close();
  }, 60_000);

  it('read a profile without writing to it', () => {
    const word = { state: 'charged', units: 816_480_001n, day: 3 } as const;
    const job: LedgerJob = {
      isSandbox: false,
      clip: 1,
      character: 2,
      project: 'Film A',
      estimateHigh: '9',
      words: [word],
    };
    const written = openLedger();
    written.fill([job]);
    written.db.close();
    const db = openJobsDb(written.profileDir, { readOnly: true });
    expect(readSpending(db)).toMatchObject([
      {
        jobId: 'job0',
        state: 'charged',
        credits: '8.16480001',
        project: 'Film A',
        clip: { name: 'clip1' },
        character: { name: 'image2' },
      },
    ]);
    db.close();
  });

  it('count a job of unknown outcome before the ledger says a word', () => {
    const { db, fill } = openLedger();
    fill([{ isSandbox: false, clip: 0, character: 0, project: null, estimateHigh: '81.648', words: [] }]);
    expect(readSpending(db)).toEqual([]);
    createJobStore(db, { now: () => Date.UTC(2026, 0, 2), sleep: () => Promise.resolve() }, () => {}).update('job0', {
      outcomeUnknownSince: 1,
    });
    const entries = readSpending(db);
    expect(totalSpend(entries)).toMatchObject({ unknown: 8_164_800_000n, jobs: 1, isEstimate: true });
    db.close();
  });
});

const entry = (more: Partial<SpendEntry>): SpendEntry => ({
  jobId: 'j',
  taskId: null,
  at: new Date(2026, 2, 1, 9).toISOString(),
  state: 'charged',
  credits: '81.64800001',
  estimateHigh: '90',
  isSandbox: false,
  kind: 'motion',
  clip: { id: 'c', name: 'clip.mp4' },
  character: { id: 'i', name: 'hero.png' },
  project: null,
  ...more,
});

describe('the chart', () => {
  it('shows the days without orders too, over the ends of months', () => {
    const rows = groupSpend([entry({})], 'day');
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
    const old = entry({ at: new Date(2026, 0, 5).toISOString(), project: 'Big', credits: '900' });
    expect(groupSpend([old, entry({ project: 'Small' })], 'day').map(({ key }) => key)).toEqual([
      '2026-03-01',
      localDay(new Date(2026, 0, 5)),
    ]);
    expect(groupSpend([entry({ project: 'Small' }), old], 'project').map(({ name }) => name)).toEqual(['Big', 'Small']);
  });
});

describe('the CSV', () => {
  it('is what Excel and a parser read: mark, CRLF, quotes, exact amounts', () => {
    const csv = spendCsv([entry({ project: 'A, "B"', character: null })]);
    expect(csv.startsWith('\uFEFFdate,time_utc,state,credits,')).toBe(true);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(csv.split('\r\n')).toHaveLength(3);
    expect(csv).toContain(',81.64800001,no,evolink,motion,"A, ""B""",,clip.mp4,j,');
  });

  it('never hands a formula to a spreadsheet, whatever a file is called', () => {
    const start = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n');
    fc.assert(
      fc.property(start, fc.string(), fc.string(), (first, rest, project) => {
        const [, ...rows] = parseCsv(spendCsv([entry({ clip: { id: 'c', name: first + rest }, project })]).slice(1));
        expect(rows).toHaveLength(1);
        expect(rows[0]?.[9]).toBe(`'${first}${rest}`);
        expect(rows[0]?.every((value) => !/^[=+\-@\t\r\n]/.test(value))).toBe(true);
        expect(rows[0]).toHaveLength(14);
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
