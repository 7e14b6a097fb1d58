/** The suites of `npm test` and of `npm run test:long`: how each is started, and how its own report becomes counts. */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cleanEnv } from '../cleanEnv.mjs';
import { inRoot, node24, packageFile, root } from '../setup/paths.mjs';

/**
 * @typedef {{ name: string, reason: string | null }} Named
 * @typedef {{ passed: number, failed: Named[], skipped: Named[], crashed: string[] }} Counts
 */

const vitestProjects = {
  unit: ['unit', 'web'],
  integration: ['integration'],
  // In one run: when the last long file is under way, the other worker takes the short ones.
  code: ['integration', 'unit', 'web'],
  seeds: ['seeds'],
};
const playwrightProjects = {
  e2e: ['browser'],
  electron: ['electron'],
  journeys: ['browser', 'electron'],
  longJourneys: ['long'],
};

/** What `npm test` runs, and what `npm run test:long` runs. */
export const coreSuites = ['code', 'journeys'];
export const longSuites = ['longJourneys', 'seeds'];
export const suiteNames = [...Object.keys(vitestProjects), ...Object.keys(playwrightProjects)];

/** Runs one suite with its own output on this terminal. @returns {Promise<Counts>} */
export async function runSuite(name, { folder, extraArgs = [] }) {
  const report = path.join(folder, `${name}.json`);
  const leaks = path.join(folder, `${name}.leaks`);
  const guard = `--import=${new URL('./loopbackOnly.mjs', import.meta.url).href}`;
  const env = cleanEnv({
    RESTAGE_TEST_COUNTS: report,
    RESTAGE_TEST_LEAKS: leaks,
    NODE_OPTIONS: guard,
    ...(longSuites.includes(name) && { RESTAGE_TEST_LONG: '1' }),
  });
  const isVitest = name in vitestProjects;
  const args = isVitest ? vitestArgs(name, extraArgs) : playwrightArgs(name, extraArgs);
  const code = await start(node24, args, isVitest ? env : { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  const counts = readCounts(report, isVitest);
  if (existsSync(leaks)) {
    for (const line of readFileSync(leaks, 'utf8').trim().split('\n'))
      counts.crashed.push(`left this machine: ${line}`);
  }
  const ran = counts.passed + counts.failed.length + counts.skipped.length;
  if (ran === 0) counts.crashed.push('no test ran');
  if (code !== 0 && counts.failed.length === 0 && counts.crashed.length === 0)
    counts.crashed.push(`ended with ${code}`);
  return counts;
}

function vitestArgs(name, extraArgs) {
  const projects = vitestProjects[name].flatMap((project) => ['--project', project]);
  const reporters = ['--reporter', 'default', '--reporter', inRoot('scripts/testing/vitestCounts.mjs')];
  // One per core of the smallest machine: half of the integration tests wait while the other half encodes.
  return [packageFile('vitest/vitest.mjs'), 'run', ...projects, ...reporters, '--maxWorkers', '2', ...extraArgs];
}

function playwrightArgs(name, extraArgs) {
  return [
    packageFile('@playwright/test/cli.js'),
    'test',
    ...playwrightProjects[name].flatMap((project) => ['--project', project]),
    '--reporter',
    'list,json',
    ...extraArgs,
  ];
}

function start(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`);
      resolve(1);
    });
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
}

function readCounts(report, isVitest) {
  if (!existsSync(report)) return { passed: 0, failed: [], skipped: [], crashed: ['it wrote no report'] };
  const data = JSON.parse(readFileSync(report, 'utf8'));
  return isVitest ? data : countPlaywright(data);
}

/** Playwright's JSON report: files hold suites hold specs hold one test per project. */
export function countPlaywright(report) {
  const counts = {
    passed: 0,
    failed: [],
    skipped: [],
    crashed: report.errors.map((error) => firstLine(error.message)),
  };
  const visit = (suite, titles) => {
    for (const inner of suite.suites ?? []) visit(inner, [...titles, inner.title]);
    for (const spec of suite.specs ?? []) for (const test of spec.tests) addTest(counts, test, [...titles, spec.title]);
  };
  for (const suite of report.suites) visit(suite, [suite.title]);
  return counts;
}

function addTest(counts, test, titles) {
  if (test.status === 'expected') counts.passed += 1;
  else if (test.status === 'skipped') {
    const reason = test.annotations.find((annotation) => annotation.type === 'skip' || annotation.type === 'fixme');
    counts.skipped.push({ name: titles.join(' > '), reason: reason?.description ?? null });
  } else {
    // 'unexpected', and 'flaky': a test that needs two tries is not green
    const error = test.results?.flatMap((result) => result.errors ?? [])[0];
    counts.failed.push({ name: titles.join(' > '), reason: error?.message ?? null });
  }
}

const firstLine = (text) => (text ?? 'error').split('\n')[0];
