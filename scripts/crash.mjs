/** `npm run test:crash [-- --kills 300 --seed 1]`: kills the app hundreds of times; the last line says what was lost. */
import { cleanEnv } from './cleanEnv.mjs';
import { passThrough } from './runRestage.mjs';
import { inRoot, node24, root } from './setup/paths.mjs';
import { setupOrExit } from './setup.mjs';

await setupOrExit({ quiet: true });
passThrough(node24, [inRoot('test/crash/main.ts'), ...process.argv.slice(2)], { cwd: root, env: cleanEnv() });
