/**
 * Runs the suites one after the other and ends with `N passed, N failed, N skipped`, alone on the last line.
 * `node scripts/test.mjs [unit|integration|e2e|electron]… [-- arguments for the runner]`; without names everything but electron alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runSuite, suiteNames } from './testing/suites.mjs';

const separator = process.argv.indexOf('--');
const own = process.argv.slice(2, separator === -1 ? undefined : separator);
const extraArgs = separator === -1 ? [] : process.argv.slice(separator + 1);
const unknown = own.filter((name) => !suiteNames.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`restage: no suite is called ${unknown.join(', ')}; there are ${suiteNames.join(', ')}\n`);
  process.exit(2);
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'restage-test-'));
const total = { passed: 0, failed: 0, skipped: [], crashed: [] };
try {
  for (const name of own.length > 0 ? own : suiteNames) {
    process.stdout.write(`\n== ${name}\n`);
    const counts = await runSuite(name, { folder, extraArgs });
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped.push(...counts.skipped);
    total.crashed.push(...counts.crashed.map((text) => `${name}: ${text}`));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

process.stdout.write('\n');
for (const { name, reason } of total.skipped) process.stdout.write(`skipped: ${name}${reason ? ` (${reason})` : ''}\n`);
for (const text of total.crashed) process.stdout.write(`failed outside a test: ${text}\n`);
// What broke outside a test is a failure too: a suite that could not be read must not count as nothing.
const failed = total.failed + total.crashed.length;
process.stdout.write(`${total.passed} passed, ${failed} failed, ${total.skipped.length} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
