/** `npm run demo [-- --profile DIR]`: the sample project through the whole app, headless and in the sandbox; says what it made and where. */
import { spawn } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cleanEnv } from './cleanEnv.mjs';
import { inRoot, node24, say } from './setup/paths.mjs';
import { setupOrExit } from './setup.mjs';

const { values } = parseArgs({ options: { profile: { type: 'string', default: inRoot('.restage-demo') } } });
const profile = path.resolve(process.env.INIT_CWD ?? process.cwd(), values.profile);
const library = path.join(profile, 'library');

await setupOrExit({ build: true, quiet: true });
mkdirSync(library, { recursive: true });
const startedMs = Date.now();
const order = ['generate', '--video', inRoot('samples/dance.mp4'), '--image', inRoot('samples/wanderer.jpg')];
const recipe = ['--orientation', 'image', '--quality', '720p', '--provider', 'sandbox'];
const { code, out } = await restage([...order, ...recipe, '--profile', profile, '--library', library, '--json']);
const [job] = code === 0 ? JSON.parse(out).jobs : [];
if (!job?.file) {
  process.stdout.write(out);
  say(`the demo did not end with a result (exit ${code})`);
  process.exit(code || 1);
}
const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
const kilobytes = Math.round(statSync(job.file).size / 1000);
process.stdout.write(`Made in ${seconds} s, in the sandbox, for no credits:\n`);
process.stdout.write(`  result   ${job.file} (${kilobytes} kB)\n`);
process.stdout.write(`  recipe   ${job.sidecar}\n`);
process.stdout.write(`  profile  ${profile}\n`);
process.stdout.write(`See it in the app: npm start -- --profile "${profile}" --library "${library}"\n`);

/** Neither a key nor another server's address reaches the demo: it can only ever use the sandbox. */
function restage(args) {
  return new Promise((resolve) => {
    const child = spawn(node24, [inRoot('out/node/cli.js'), ...args], {
      env: cleanEnv(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.on('close', (code, signal) => resolve({ code: code ?? signal, out: Buffer.concat(chunks).toString('utf8') }));
  });
}
