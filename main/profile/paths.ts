/** Where a profile lies when nobody says otherwise, by the habits of each system. */
import os from 'node:os';
import path from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** `RESTAGE_PROFILE` wins; then the system's own place for application data. Always absolute. */
export function defaultProfileDir(env: Env = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env.RESTAGE_PROFILE) return path.resolve(env.RESTAGE_PROFILE);
  const home = env.HOME || env.USERPROFILE || os.homedir();
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Restage');
  if (platform === 'win32') return path.join(env.APPDATA || path.join(home, 'AppData', 'Roaming'), 'Restage');
  // The specification of XDG base directories: a relative value is to be ignored.
  const config = env.XDG_CONFIG_HOME;
  return path.join(config && path.isAbsolute(config) ? config : path.join(home, '.config'), 'Restage');
}
