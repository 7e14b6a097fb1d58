/** The default profile folder, where settings.json lies: the same place for every host. */
import os from 'node:os';
import path from 'node:path';

export function profileDir(env = process.env) {
  if (process.platform === 'win32')
    return path.join(env.APPDATA ?? path.join(os.homedir(), 'AppData/Roaming'), 'Restage');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library/Application Support/Restage');
  return path.join(env.XDG_CONFIG_HOME ?? path.join(os.homedir(), '.config'), 'Restage');
}
