/** The default profile folder, where settings.json lies: as main/profile/paths.ts has it, for a Node that cannot read TypeScript. */
import os from 'node:os';
import path from 'node:path';

export function profileDir(env = process.env, platform = process.platform) {
  if (env.RESTAGE_PROFILE) return path.resolve(env.RESTAGE_PROFILE);
  const home = env.HOME || env.USERPROFILE || os.homedir();
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Restage');
  if (platform === 'win32') return path.join(env.APPDATA || path.join(home, 'AppData', 'Roaming'), 'Restage');
  const config = env.XDG_CONFIG_HOME;
  return path.join(config && path.isAbsolute(config) ? config : path.join(home, '.config'), 'Restage');
}
