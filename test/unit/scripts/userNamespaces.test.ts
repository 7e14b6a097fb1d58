/** Electron is started where its sandbox can be, and elsewhere it is said why the browser comes instead. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sandboxProblem } from '../../../scripts/setup/userNamespaces.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'restage-namespaces-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A system whose `unshare` ends so. */
function systemWhere(script: string | null) {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  if (script !== null) writeFileSync(path.join(bin, 'unshare'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { platform: 'linux' as const, uid: 1000, env: { PATH: bin } };
}
const program = () => path.join(folder, 'electron');
const forbidden = 'echo "unshare: write failed /proc/self/uid_map: Operation not permitted" >&2; exit 1';

describe.skipIf(process.platform === 'win32')('F3: the sandbox of Chromium', () => {
  it('cannot start where user namespaces are kept from programs: said with the system’s words and the way out', async () => {
    const problem = await sandboxProblem(program(), systemWhere(forbidden));
    expect(problem).toMatch(/uid_map: Operation not permitted/);
    expect(problem).toMatch(/sysctl -w kernel\.apparmor_restrict_unprivileged_userns=0/);
  });

  it('can start where they are allowed, and is tried where nothing can be told', async () => {
    expect(await sandboxProblem(program(), systemWhere('exit 0'))).toBeNull();
    rmSync(path.join(folder, 'bin'), { recursive: true });
    expect(await sandboxProblem(program(), systemWhere(null))).toBeNull();
  });

  it('is not asked about on other systems, nor as root, who does without it', async () => {
    const system = systemWhere(forbidden);
    expect(await sandboxProblem(program(), { ...system, platform: 'darwin' })).toBeNull();
    expect(await sandboxProblem(program(), { ...system, uid: 0 })).toBeNull();
  });

  const isRoot = process.getuid?.() === 0;
  it.skipIf(!isRoot)(
    `starts by a helper that belongs to root${isRoot ? '' : ' (needs root to make one)'}`,
    async () => {
      const helper = path.join(folder, 'chrome-sandbox');
      writeFileSync(helper, '');
      chmodSync(helper, 0o4755);
      expect(await sandboxProblem(program(), systemWhere(forbidden))).toBeNull();
    },
  );
});
