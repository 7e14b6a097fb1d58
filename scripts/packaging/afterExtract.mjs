/** Runs on Electron's own files, before ours come to them: its sample app is not shipped. The builder removes it from downloads alone. */
import { rmSync } from 'node:fs';
import path from 'node:path';

const distributionResources = {
  darwin: path.join('Electron.app', 'Contents', 'Resources'),
};

/** @public electron-builder calls it by the hook's name. */
export function afterExtract({ appOutDir, electronPlatformName }) {
  const resources = path.join(appOutDir, distributionResources[electronPlatformName] ?? 'resources');
  rmSync(path.join(resources, 'default_app.asar'), { force: true });
}
