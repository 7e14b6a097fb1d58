/** The menu: macOS needs one for copy, paste and quit; elsewhere its shortcuts (reload, developer tools) would only be in the way. */
import { Menu } from 'electron';

export function installMenu(platform: NodeJS.Platform): void {
  const macMenu = () => Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]);
  Menu.setApplicationMenu(platform === 'darwin' ? macMenu() : null);
}
