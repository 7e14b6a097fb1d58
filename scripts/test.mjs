/**
 * Runs the suites one after the other and ends with `N passed, N failed, N skipped`, alone on the last line.
 * `node scripts/test.mjs [unit|integration|code|e2e|electron|journeys|seeds|longJourneys]… [-- arguments for the runner]`; `core` (what is
 * meant without a name), `long` and `all` stand for several. `code` is unit and integration in one run, `journeys` e2e and electron.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { coreSuites, longSuites, runSuite, suiteNames } from './testing/suites.mjs';

const separator = process.argv.indexOf('--');
const own = process.argv.slice(2, separator === -1 ? undefined : separator);
const extraArgs = separator === -1 ? [] : process.argv.slice(separator + 1);
const groups = { core: coreSuites, long: longSuites, all: [...coreSuites, ...longSuites] };
const names = (own.length > 0 ? own : ['core']).flatMap((name) => groups[name] ?? name);
const unknown = names.filter((name) => !suiteNames.includes(name));
if (unknown.length > 0) {
  const known = [...suiteNames, ...Object.keys(groups)].join(', ');
  process.stderr.write(`restage: no suite is called ${unknown.join(', ')}; there are ${known}\n`);
  process.exit(2);
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'restage-test-'));
const total = { passed: 0, failed: [], skipped: [], crashed: [] };
try {
  for (const name of names) {
    process.stdout.write(`\n== ${name}\n`);
    const counts = await runSuite(name, { folder, extraArgs });
    total.passed += counts.passed;
    total.failed.push(...counts.failed);
    total.skipped.push(...counts.skipped);
    total.crashed.push(...counts.crashed.map((text) => `${name}: ${text}`));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

process.stdout.write('\n');
for (const { name, reason } of total.skipped) process.stdout.write(`skipped: ${name}${reason ? ` (${reason})` : ''}\n`);
// A log that was cut to its end must still say what failed, and how.
for (const { name, reason } of total.failed) process.stdout.write(`failed: ${name}\n${indented(reason)}`);
for (const text of total.crashed) process.stdout.write(`failed outside a test: ${text}\n`);
// What broke outside a test is a failure too: a suite that could not be read must not count as nothing.
const failed = total.failed.length + total.crashed.length;
process.stdout.write(`${total.passed} passed, ${failed} failed, ${total.skipped.length} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;

function indented(reason) {
  const lines = stripVTControlCharacters(reason ?? '')
    .split('\n')
    .filter(Boolean)
    .slice(0, 12);
  return lines.map((line) => `    ${line}\n`).join('');
}
