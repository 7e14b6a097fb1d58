/** `restage spend`: the ledger's sums in a terminal, for scripts and for spreadsheets, read beside whoever runs the profile. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LedgerJob, openLedger } from '../../fixtures/ledgerProfile.ts';
import { openShell, type Shell } from './commandLine.ts';

let shell: Shell;
beforeAll(async () => {
  shell = await openShell();
  const job: LedgerJob = {
    ...{ isSandbox: false, clip: 0, character: 0, project: 'Film', estimateHigh: '9', state: 'completed' },
    result: { tags: ['Final', 'Client'], place: 'library' },
    words: [{ state: 'charged', units: 816_480_001n, day: 3 }],
  };
  const ledger = openLedger(shell.profileDir);
  ledger.fill([job, { ...job, isSandbox: true, result: null }, { ...job, state: 'failed', result: null }]);
  ledger.close();
});
afterAll(() => shell.remove());

test('D20: sums by tag, real and test credits apart, every amount exact', async () => {
  const { code, document } = await shell.json(['spend', '--by', 'tag']);
  expect(code).toBe(0);
  expect(document).toMatchObject({
    by: 'tag',
    accounts: [
      {
        account: 'evolink',
        rows: [
          { name: '', charged: '8.16480001', failed: 1, failedShare: 1, chargedPerKept: null },
          { name: 'Client', charged: '8.16480001', kept: 1, chargedPerKept: '8.16480001' },
          { name: 'Final', charged: '8.16480001', kept: 1 },
        ],
        overlap: { charged: '-8.16480001', jobs: -1 },
        total: { charged: '16.32960002', jobs: 2, kept: 1, chargedPerKept: '16.32960002', failedShare: 0.5 },
      },
      { account: 'sandbox', total: { charged: '8.16480001', jobs: 1 } },
    ],
  });
});

test('D20: CSV for a spreadsheet, of sums and of every job, of one account where one is named', async () => {
  const sums = await shell.run(['spend', '--by=project', '--csv', '--provider', 'evolink']);
  expect([sums.code, sums.stderr]).toEqual([0, '']);
  expect(sums.stdout.split('\r\n').slice(1, 3)).toEqual([
    'evolink,credits,group,project,Film,,0,16.32960002,0,0,no,2,1,1,1,0,0,0,16.32960002,0.500000,0.000000',
    'evolink,credits,total,project,,,0,16.32960002,0,0,no,2,1,1,1,0,0,0,16.32960002,0.500000,0.000000',
  ]);
  const jobs = await shell.run(['spend', '--by', 'job', '--csv']);
  expect(jobs.stdout.trim().split('\r\n')).toHaveLength(4);
  expect(jobs.stdout).toContain(',Client; Final,delivered,kept');
});

test('D20: a table for people, by month where nothing is asked for', async () => {
  const { code, stdout } = await shell.run(['spend']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^EvoLink\nMONTH +ON HOLD +CHARGED /);
  expect(stdout).toMatch(/\n2026-01 +– +16\.32960002 +– +– +2 +1 +1 +16\.32960002\nTotal +– +16\.32960002 /);
  expect(stdout).toContain('Test credits: nothing is paid\n');
});

test('D20: two forms of one answer are refused', async () => {
  const { code, document } = await shell.json(['spend', '--csv']);
  expect(code).toBe(2);
  expect(document.error.reasons).toMatchObject([{ field: 'csv', fix: 'Leave one of them out.' }]);
});
