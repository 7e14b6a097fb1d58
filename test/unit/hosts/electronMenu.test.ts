/** The menus of the three systems, of the page's own commands. */
import { describe, expect, it, vi } from 'vitest';
import { acceleratorOf } from '../../../main/hosts/electron/menu/accelerator.ts';
import { type MenuOptions, menuTemplate } from '../../../main/hosts/electron/menu/menuTemplate.ts';
import { commandIds } from '../../../renderer/keys/commands.ts';
import { keyMapOf, noShortcuts } from '../../../renderer/keys/keyMap.ts';
import { menuCommandsOf } from '../../../renderer/keys/menuCommands.ts';
import { menuCommandsSchema } from '../../../shared/contract/hostMessages.ts';

type Item = Electron.MenuItemConstructorOptions;
const platforms = ['darwin', 'win32', 'linux'] as const;

function build(platform: NodeJS.Platform, rest: Partial<MenuOptions> = {}): Item[] {
  const none = () => undefined;
  return menuTemplate({
    platform,
    isDevelopment: false,
    t: (key) => key,
    nameOf: (id) => id,
    commands: menuCommandsOf(keyMapOf(noShortcuts, platform === 'darwin'), () => true),
    ...{ run: none, open: none, about: none, documentation: none, copyReport: none },
    ...rest,
  });
}
const flat = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);

describe.each(platforms)('F12, F13: on %s', (platform) => {
  it('every command of the page is there once', () => {
    const ids = flat(build(platform)).flatMap(({ id }) => id ?? []);
    const listed = ids.map((id) => (id === 'settings' ? 'goSettings' : id));
    expect(listed.filter((id) => (commandIds as string[]).includes(id)).toSorted()).toEqual([...commandIds].toSorted());
  });

  it('what every program has is there: editing, full screen, closing, quitting, settings', () => {
    const items = flat(build(platform));
    const roles = items.flatMap(({ role }) => role ?? []);
    for (const role of ['cut', 'copy', 'paste', 'selectAll', 'close', 'quit'] as const) {
      expect(roles).toContain(role);
    }
    expect(roles).toContain('togglefullscreen');
    // The interface has one size, which the page keeps: Electron's own zoom would be another.
    expect(roles.filter((role) => /zoom(In|Out)|resetZoom/.test(role))).toEqual([]);
    expect(items.find(({ id }) => id === 'scaleUp')?.label).toBe('host.menu.larger');
    expect(roles.includes('hide')).toBe(platform === 'darwin');
    expect(items.find(({ id }) => id === 'settings')?.accelerator).toBe('CommandOrControl+,');
  });

  it('developer tools and reload are for checkouts alone', () => {
    const has = (isDevelopment: boolean) =>
      flat(build(platform, { isDevelopment })).filter(({ role }) => role === 'toggleDevTools' || role === 'reload')
        .length;
    expect([has(false), has(true)]).toEqual([0, 2]);
  });

  it('no two items want the same key, and none is taken from who types', () => {
    const keys = flat(build(platform)).flatMap(({ accelerator, registerAccelerator }) =>
      accelerator && registerAccelerator !== false ? [accelerator] : [],
    );
    expect(new Set(keys).size).toBe(keys.length);
    if (platform !== 'darwin') return;
    const shown = flat(build(platform)).flatMap(({ accelerator }) => accelerator ?? []);
    for (const accelerator of shown) expect(accelerator).toMatch(/^(CommandOrControl|Control)\+|^F\d/);
  });

  it('no line stands at an end or beside another', () => {
    for (const commands of [undefined, []]) {
      for (const { submenu } of build(platform, commands ? { commands } : {})) {
        const kinds = (submenu as Item[]).map(({ type }) => type === 'separator');
        expect(kinds[0] ?? false).toBe(false);
        expect(kinds.at(-1) ?? false).toBe(false);
        expect(kinds.some((isLine, index) => isLine && kinds[index + 1])).toBe(false);
      }
    }
  });
});

it('F13: what nobody on the page can run now cannot be chosen; what is chosen is run by its id', () => {
  const run = vi.fn();
  const commands = menuCommandsOf(keyMapOf(noShortcuts, false), (id) => id !== 'markIn');
  const items = flat(build('linux', { commands, run }));
  const find = (id: string) => items.find((item) => item.id === id);
  expect([find('markIn')?.enabled, find('markOut')?.enabled]).toEqual([false, true]);
  find('markOut')?.click?.({} as never, undefined, {} as never);
  expect(run).toHaveBeenCalledWith('markOut');
});

it.each([
  ['mod+shift+enter', 'linux', 'CommandOrControl+Shift+Enter'],
  ['space', 'linux', 'Space'],
  ['space', 'darwin', null],
  ['mod+plus', 'darwin', 'CommandOrControl+Plus'],
  ['f2', 'darwin', 'F2'],
  ['?', 'win32', '?'],
  ['nonsense key', 'linux', null],
  [null, 'linux', null],
] as const)('F13: %s on %s is %s', (chord, platform, expected) => {
  expect(acceleratorOf(chord, platform)).toBe(expected);
});

it('F13: a page cannot name an item as it likes', () => {
  const good = { id: 'undo', group: 'app', chord: 'mod+z', isLive: true };
  expect(menuCommandsSchema.safeParse([good]).success).toBe(true);
  for (const bad of [
    { ...good, id: '__proto__' },
    { ...good, id: 'a b' },
    { ...good, group: 'A' },
    { ...good, chord: 7 },
  ]) {
    expect(menuCommandsSchema.safeParse([bad]).success).toBe(false);
  }
  expect(menuCommandsSchema.safeParse(Array(301).fill(good)).success).toBe(false);
});
