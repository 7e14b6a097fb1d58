/** `Menu`: templates are checked as Electron checks them (roles, accelerators, ids), and a test clicks items by their id. */
import { onlyWhenReady } from './record.ts';

type Item = Electron.MenuItemConstructorOptions;

/** The roles of Electron 45 [lib/browser/api/menu-item-roles.ts]. */
const roles = new Set(
  `about appmenu close copy cut delete editmenu filemenu forcereload front help hide hideothers minimize paste pasteandmatchstyle
  quit recentdocuments clearrecentdocuments redo reload resetzoom selectall services sharemenu startspeaking stopspeaking
  toggledevtools togglefullscreen togglespellchecker undo unhide viewmenu window windowmenu zoom zoomin zoomout`.split(
    /\s+/,
  ),
);
const modifiers = /^(CommandOrControl|CmdOrCtrl|Command|Cmd|Control|Ctrl|Alt|Option|AltGr|Shift|Super|Meta)$/i;
const keys =
  /^([ -~]|F([1-9]|1\d|2[0-4])|Plus|Space|Tab|Backspace|Delete|Insert|Return|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Escape|Esc|num\w+)$/i;

function check(item: Item): void {
  if (item.role !== undefined && !roles.has(item.role.toLowerCase())) throw new Error(`No such role: ${item.role}`);
  if (item.label === undefined && item.role === undefined && item.type !== 'separator') {
    throw new Error('Invalid template for MenuItem: must have at least one of label, role or type');
  }
  if (item.accelerator !== undefined) {
    const parts = item.accelerator.split('+');
    const isPlain = keys.test(parts.at(-1) ?? '') && parts.slice(0, -1).every((part) => modifiers.test(part));
    if (!isPlain) throw new Error(`Not an accelerator: ${item.accelerator}`);
  }
  if (Array.isArray(item.submenu)) item.submenu.forEach(check);
}

class Menu {
  popups: unknown[] = [];
  readonly template: Item[];
  constructor(template: Item[]) {
    this.template = template;
  }
  popup(options: unknown = {}) {
    this.popups.push(options);
    shownMenus.context = this;
  }
  /** Anywhere below. */
  getMenuItemById(id: string): Item | null {
    const find = (items: Item[]): Item | null => {
      for (const item of items) {
        if (item.id === id) return item;
        const below = Array.isArray(item.submenu) ? find(item.submenu) : null;
        if (below) return below;
      }
      return null;
    };
    return find(this.template);
  }
}

export const shownMenus: { application: Menu | null | undefined; context: Menu | null } = {
  application: undefined,
  context: null,
};

const MenuStandIn = {
  buildFromTemplate(template: Item[]) {
    template.forEach(check);
    return new Menu(template);
  },
  setApplicationMenu(menu: Menu | null) {
    onlyWhenReady('Menu.setApplicationMenu');
    shownMenus.application = menu;
  },
};

export { MenuStandIn as Menu };
