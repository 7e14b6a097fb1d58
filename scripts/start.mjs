/** `npm start`: Electron where its runtime is or can be had, else the same app in a browser window or at a printed address. */
import { passThrough } from './runRestage.mjs';
import { fetchElectron, findElectron } from './setup/electronRuntime.mjs';
import { inRoot, node24, root, say } from './setup/paths.mjs';
import { sandboxProblem } from './setup/userNamespaces.mjs';
import { setupOrExit } from './setup.mjs';

const args = process.argv.slice(2);
// Left over from another program (an editor's terminal sets it), Electron would be a plain Node and show nothing.
delete process.env.ELECTRON_RUN_AS_NODE;
await setupOrExit({ build: true, quiet: true });
const refusal = await findElectronRefusal();
if (refusal === null) {
  // As root Chromium's own sandbox does not start; everybody else keeps it.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  passThrough(findElectron(), [root, ...asRoot, ...args], { cwd: process.env.INIT_CWD ?? process.cwd() });
} else {
  say(`not in Electron (${refusal}), but in a browser`);
  passThrough(node24, [inRoot('out/node/browser.js'), ...args], { cwd: process.env.INIT_CWD ?? process.cwd() });
}

/** Why Electron cannot be used, in words, or null. A runtime that a person names is used in any case. */
async function findElectronRefusal() {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) {
    return findElectron() ? null : 'ELECTRON_OVERRIDE_DIST_PATH holds no runtime';
  }
  const { DISPLAY, WAYLAND_DISPLAY, RESTAGE_SETUP } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return 'there is no display';
  const program = findElectron();
  if (program) return sandboxProblem(program);
  if (RESTAGE_SETUP === 'none') return 'its runtime is missing, and RESTAGE_SETUP=none forbids to fetch it';
  const failure = await fetchElectron();
  return failure === null ? sandboxProblem(findElectron()) : `its runtime cannot be downloaded: ${failure}`;
}
