/** `npm run test:museum [-- --write]`: every kind of file that the museum draws, prepared and judged; `--write` makes docs/formats.md anew. */
import { cleanEnv } from './cleanEnv.mjs';
import { passThrough } from './runRestage.mjs';
import { node24, packageFile, root } from './setup/paths.mjs';
import { setupOrExit } from './setup.mjs';

const [write] = process.argv.slice(2).filter((arg) => arg === '--write');
const rest = process.argv.slice(2).filter((arg) => arg !== '--write');
await setupOrExit({ quiet: true });
passThrough(
  node24,
  [
    packageFile('vitest/vitest.mjs'),
    'run',
    '--project',
    'integration',
    'test/integration/media/museum.seeds.test.ts',
    ...rest,
  ],
  { cwd: root, env: cleanEnv({ RESTAGE_MUSEUM: write ? 'write' : 'all' }) },
);
