/** Everything that must hold before a commit, without a browser: types, lint and import arrows, dead code, unit tests, build. */
import os from 'node:os';
import { cleanEnv } from './cleanEnv.mjs';
import { inRoot, node24, packageFile, root, say } from './setup/paths.mjs';
import { run } from './setup/run.mjs';
import { setupOrExit } from './setup.mjs';

const deadlineMs = 5 * 60_000;
const tool = (file, ...args) => [node24, [packageFile(file), ...args]];
const types = (side) => tool('typescript/bin/tsc', '--pretty', 'false', '-p', `tsconfig.${side}.json`);

/** The longest first: with two lanes the whole takes about as long as half of the sum. */
const steps = {
  'unit tests': tool('vitest/vitest.mjs', 'run', '--project', 'unit', '--project', 'web', '--maxWorkers', '2'),
  build: [node24, [inRoot('scripts/setup.mjs'), '--build', '--quiet']],
  'types: node': types('node'),
  'types: web': types('web'),
  'types: test': types('test'),
  'types: shared': types('shared'),
  'lint and import arrows': tool(
    '@biomejs/biome/bin/biome',
    'check',
    '--error-on-warnings',
    '--diagnostic-level=warn',
    '--colors=off',
  ),
  'dead code': tool('knip/bin/knip.js'),
};

const only = process.argv.slice(2);
await setupOrExit({ quiet: true });
const waiting = Object.entries(steps).filter(([name]) => only.length === 0 || only.some((part) => name.includes(part)));
if (waiting.length === 0) {
  say(`no step is called ${only.join(', ')}; there are ${Object.keys(steps).join(', ')}`);
  process.exit(2);
}
let failed = 0;
const startedMs = Date.now();

async function lane() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, [command, args]] = next;
    const stepStartedMs = Date.now();
    const ended = await run(command, args, { cwd: root, env: cleanEnv({ FORCE_COLOR: '0' }), deadlineMs });
    const seconds = ((Date.now() - stepStartedMs) / 1000).toFixed(1).padStart(5);
    process.stdout.write(`${ended.failure === null ? 'ok    ' : 'FAILED'} ${seconds} s  ${name}\n`);
    if (ended.failure === null) continue;
    failed += 1;
    process.stdout.write(`${ended.out.trim()}\n(${name}: ${ended.failure})\n`);
  }
}

await Promise.all(Array.from({ length: Math.min(3, os.availableParallelism()) }, lane));
const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
process.stdout.write(failed === 0 ? `check: all good in ${seconds} s\n` : `check: ${failed} failed in ${seconds} s\n`);
process.exitCode = failed === 0 ? 0 : 1;
