/** Keeps the menus as the page and the settings have them: a list of commands from the page, the language, and what is done outside it. */
import { app, ipcMain, Menu } from 'electron';
import { type MenuCommand, menuCommandsSchema } from '../../../../shared/contract/hostMessages.ts';
import { electronChannels } from '../../../../shared/electronChannels.ts';
import { catalogs, type Translate } from '../../../../shared/i18n/index.ts';
import type { HostSettings } from '../hostSettings.ts';
import type { PageLink } from '../pageLink.ts';
import { isFromOurPage } from '../senderGuard.ts';
import { menuTemplate } from './menuTemplate.ts';

export interface MenuActions {
  open: () => void;
  about: () => void;
  documentation: () => void;
  copyReport: () => void;
}

export function installMenus(settings: HostSettings, link: PageLink, actions: MenuActions): void {
  let commands: MenuCommand[] = [];

  function build(): void {
    const t = settings.t();
    const template = menuTemplate({
      ...actions,
      platform: process.platform,
      isDevelopment: !app.isPackaged,
      t: (key) => t(key as 'host.menu.file'),
      nameOf: (id) => commandName(id, t),
      commands,
      run: (id) => link.say({ kind: 'command', id }),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  ipcMain.on(electronChannels.menu, (event, raw: unknown) => {
    const said = menuCommandsSchema.safeParse(raw);
    if (!isFromOurPage(event) || !said.success) return;
    commands = said.data;
    build();
  });
  settings.onChange(build);
  build();
}

/** Names are the catalogue's own, never the page's words. */
function commandName(id: string, t: Translate): string | null {
  const { keys, app: texts } = catalogs.en;
  const screen = /^go([A-Z]\w*)$/.exec(id)?.[1]?.toLowerCase() ?? '';
  if (Object.hasOwn(texts.nav, screen)) return t(`app.nav.${screen as 'create'}`);
  const stars = /^rate(\d)$/.exec(id)?.[1];
  if (stars !== undefined) return t('keys.rate', { number: stars });
  return Object.hasOwn(keys.command, id) ? t(`keys.command.${id as 'undo'}`) : null;
}
