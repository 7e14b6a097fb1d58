/** `npm run test:attack`: 20,000 messages against every border; RESTAGE_ATTACK_MESSAGES and RESTAGE_ATTACK_SEED choose others. */

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runSuite } from './testing/suites.mjs';

process.env.RESTAGE_ATTACK_MESSAGES ??= '20000';
const folder = mkdtempSync(path.join(os.tmpdir(), 'restage-attacks-'));
try {
  const minutes = 45 * 60_000;
  const extraArgs = ['integration/attack', '--testTimeout', String(minutes)];
  const { passed, failed, crashed } = await runSuite('integration', { folder, extraArgs });
  for (const { name, reason } of failed) process.stdout.write(`failed: ${name}\n  ${reason ?? ''}\n`);
  process.stdout.write(`${passed} passed, ${failed.length + crashed.length} failed, 0 skipped\n`);
  process.exitCode = failed.length + crashed.length === 0 && passed > 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
