/** The menus of the three systems, made of the page's own commands: what is listed, with which key, and whether it can be chosen. Pure. */
import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../../../shared/contract/hostMessages.ts';
import { acceleratorOf } from './accelerator.ts';

export interface MenuOptions {
  platform: NodeJS.Platform;
  /** Reload and developer tools are for checkouts. */
  isDevelopment: boolean;
  t: (key: `host.menu.${string}`) => string;
  /** Null: the catalogue has no name for it. */
  nameOf: (id: string) => string | null;
  commands: readonly MenuCommand[];
  /** A command of the page was chosen. */
  run: (id: string) => void;
  open: () => void;
  about: () => void;
  documentation: () => void;
  copyReport: () => void;
}

type Item = MenuItemConstructorOptions;
const line: Item = { type: 'separator' };
/** They stand at their usual places instead of in the list of their group. */
const placed = ['undo', 'redo', 'goSettings', 'sheet', 'palette', 'scaleReset', 'scaleUp', 'scaleDown'];

export function menuTemplate(options: MenuOptions): Item[] {
  const { platform, t } = options;
  const isMac = platform === 'darwin';
  const menus: Item[] = [
    ...(isMac ? [appMenu(options)] : []),
    { label: t('host.menu.file'), submenu: fileMenu(options, isMac) },
    { label: t('host.menu.edit'), submenu: editMenu(options) },
    { label: t('host.menu.view'), submenu: viewMenu(options) },
    { label: t('host.menu.playback'), submenu: [...itemsOf(options, 'player'), line, ...itemsOf(options, 'trim')] },
    { label: t('host.menu.queue'), submenu: itemsOf(options, 'queue') },
    { label: t('host.menu.library'), submenu: [...itemsOf(options, 'library'), line, ...itemsOf(options, 'compare')] },
    { label: t('host.menu.window'), role: 'window', submenu: windowMenu(options, isMac) },
    { label: t('host.menu.help'), role: 'help', submenu: helpMenu(options, isMac) },
  ];
  return menus.map((menu) => ({ ...menu, submenu: withoutStrayLines(menu.submenu as Item[]) }));
}

function appMenu({ t, about, run }: MenuOptions): Item {
  return {
    label: 'Restage',
    submenu: [
      { label: t('host.menu.about'), click: about, id: 'about' },
      line,
      settingsItem({ t, run }),
      line,
      { label: t('host.menu.services'), role: 'services' },
      line,
      { label: t('host.menu.hide'), role: 'hide' },
      { label: t('host.menu.hideOthers'), role: 'hideOthers' },
      { label: t('host.menu.showAll'), role: 'unhide' },
      line,
      { label: t('host.menu.quit'), role: 'quit' },
    ],
  };
}

function settingsItem({ t, run }: Pick<MenuOptions, 't' | 'run'>): Item {
  return {
    id: 'settings',
    label: t('host.menu.settings'),
    accelerator: 'CommandOrControl+,',
    click: () => run('goSettings'),
  };
}

function fileMenu(options: MenuOptions, isMac: boolean): Item[] {
  const { t, open } = options;
  const recent: Item = {
    label: t('host.menu.recent'),
    role: 'recentDocuments',
    submenu: [{ label: t('host.menu.clearRecent'), role: 'clearRecentDocuments' }],
  };
  return [
    { id: 'open', label: t('host.menu.open'), accelerator: 'CommandOrControl+O', click: open },
    ...(isMac ? [recent] : []),
    line,
    ...itemsOf(options, 'order'),
    line,
    ...(isMac ? [] : [settingsItem(options), line]),
    { label: t('host.menu.closeWindow'), role: 'close', accelerator: 'CommandOrControl+W' },
    ...(isMac ? [] : [{ label: t('host.menu.exit'), role: 'quit', accelerator: 'Control+Q' } satisfies Item]),
  ];
}

function editMenu(options: MenuOptions): Item[] {
  const { t } = options;
  return [
    // The page undoes what is its own, and lets a text field undo what is the field's.
    { ...itemOf(options, 'undo'), label: t('host.menu.undo'), enabled: true },
    { ...itemOf(options, 'redo'), label: t('host.menu.redo'), enabled: true },
    line,
    { label: t('host.menu.cut'), role: 'cut' },
    { label: t('host.menu.copy'), role: 'copy' },
    { label: t('host.menu.paste'), role: 'paste' },
    { label: t('host.menu.selectAll'), role: 'selectAll' },
  ];
}

function viewMenu(options: MenuOptions): Item[] {
  const { t, isDevelopment } = options;
  const developer: Item[] = [
    line,
    { label: t('host.menu.reload'), role: 'reload' },
    { label: t('host.menu.developerTools'), role: 'toggleDevTools' },
  ];
  return [
    ...itemsOf(options, 'app'),
    line,
    itemOf(options, 'palette'),
    line,
    // The page's own scale, which Settings shows: Electron's zoom beside it would be a second one that nothing shows.
    { ...itemOf(options, 'scaleReset'), label: t('host.menu.actualSize') },
    { ...itemOf(options, 'scaleUp'), label: t('host.menu.larger') },
    { ...itemOf(options, 'scaleDown'), label: t('host.menu.smaller') },
    line,
    { label: t('host.menu.fullScreen'), role: 'togglefullscreen' },
    ...(isDevelopment ? developer : []),
  ];
}

function windowMenu({ t }: MenuOptions, isMac: boolean): Item[] {
  return [
    { label: t('host.menu.minimize'), role: 'minimize' },
    ...(isMac
      ? ([
          { label: t('host.menu.zoomWindow'), role: 'zoom' },
          line,
          { label: t('host.menu.front'), role: 'front' },
        ] satisfies Item[])
      : []),
  ];
}

function helpMenu(options: MenuOptions, isMac: boolean): Item[] {
  const { t, about, documentation, copyReport } = options;
  return [
    itemOf(options, 'sheet'),
    { id: 'documentation', label: t('host.menu.documentation'), click: documentation },
    line,
    { id: 'copyReport', label: t('host.menu.copyReport'), click: copyReport },
    ...(isMac ? [] : [line, { id: 'about', label: t('host.menu.about'), click: about }]),
  ];
}

function itemsOf(options: MenuOptions, group: string): Item[] {
  return options.commands
    .filter((command) => command.group === group && !placed.includes(command.id))
    .map(({ id }) => itemOf(options, id));
}

/**
 * On macOS a menu's key is the system's and is taken from text fields: there only those with ⌘ or ⌃ are given. Elsewhere keys are shown, and heard by
 * the page alone, which knows when a person types.
 */
function itemOf({ commands, nameOf, platform, run }: MenuOptions, id: string): Item {
  const command = commands.find((candidate) => candidate.id === id);
  const accelerator = acceleratorOf(command?.chord ?? null, platform);
  return {
    id,
    label: nameOf(id) ?? id,
    enabled: command?.isLive ?? false,
    click: () => run(id),
    ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
  };
}

/** No line at an end, and none beside another: a group may be empty before the page is there. */
function withoutStrayLines(items: readonly Item[]): Item[] {
  const isLine = (item: Item | undefined) => item === undefined || item.type === 'separator';
  const single = items.filter((item, index) => !isLine(item) || !isLine(items[index - 1]));
  return isLine(single.at(-1)) ? single.slice(0, -1) : single;
}
