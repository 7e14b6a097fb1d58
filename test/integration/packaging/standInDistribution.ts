/** Makes a folder that electron-builder takes for a downloaded Electron: nothing in it runs, but it can be packed and its fuses flipped. */
import fs from 'node:fs';
import path from 'node:path';
import { createPackage } from '@electron/asar';

/** Marks the fuses inside Electron's binary; what follows is version, count, and one digit a fuse. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseVersion = 1;
const initialFuses = '111000100';

export async function makeStandInDistribution(folder: string): Promise<void> {
  fs.mkdirSync(path.join(folder, 'resources'), { recursive: true });
  const binary = Buffer.concat([
    Buffer.from(`not a program ${fuseSentinel}`),
    Buffer.from([fuseVersion, initialFuses.length]),
    Buffer.from(`${initialFuses} the end`),
  ]);
  fs.writeFileSync(path.join(folder, 'electron'), binary, { mode: 0o755 });
  fs.writeFileSync(path.join(folder, 'version'), '45.3.4');
  fs.writeFileSync(path.join(folder, 'LICENSE'), 'stand-in');
  fs.writeFileSync(path.join(folder, 'LICENSES.chromium.html'), 'stand-in');
  fs.mkdirSync(path.join(folder, 'locales'));
  for (const language of ['de', 'en-US', 'ja', 'ko'])
    fs.writeFileSync(path.join(folder, 'locales', `${language}.pak`), '');
  const defaultApp = path.join(folder, 'default-app');
  fs.mkdirSync(defaultApp);
  fs.writeFileSync(path.join(defaultApp, 'package.json'), '{"name":"default-app","version":"1.0.0"}');
  await createPackage(defaultApp, path.join(folder, 'resources', 'default_app.asar'));
  fs.rmSync(defaultApp, { recursive: true });
}

/** The fuses of a packed binary in order: '1' on, '0' off, 'r' removed. */
export function readFuses(binary: string): string {
  const bytes = fs.readFileSync(binary);
  const at = bytes.indexOf(fuseSentinel) + fuseSentinel.length;
  const count = bytes[at + 1] ?? 0;
  return bytes.subarray(at + 2, at + 2 + count).toString('latin1');
}
