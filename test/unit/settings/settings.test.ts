/** Settings survive restarts, damage, older and newer programs; nothing changes that was not named. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSettings } from '../../../main/settings/settings.ts';
import { readSettings } from '../../../main/settings/settingsFile.ts';
import { settingsPatchSchema, settingsSchema } from '../../../shared/contract/app.ts';
import { en } from '../../../shared/i18n/en/index.ts';

let profileDir = '';
const file = () => path.join(profileDir, 'settings.json');
const names = () => fs.readdirSync(profileDir).sort();

beforeEach(() => {
  profileDir = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-settings-'));
});
afterEach(() => fs.rmSync(profileDir, { recursive: true, force: true }));

describe('settings', () => {
  it('start with the defaults and keep what was set through a restart', () => {
    const first = createSettings({ profileDir });
    expect(first.get()).toEqual(settingsSchema.parse({}));
    first.set({ theme: 'light', libraryDir: '/films/ダンス' });
    first.close();
    const second = createSettings({ profileDir });
    expect(second.get()).toEqual({ ...settingsSchema.parse({}), theme: 'light', libraryDir: '/films/ダンス' });
    expect(second.notices()).toEqual([]);
  });

  it('a patch that crosses the contract changes only the fields it names', () => {
    const settings = createSettings({ profileDir });
    settings.set(settingsPatchSchema.parse({ theme: 'light', isFirstRunDone: true }));
    settings.set(settingsPatchSchema.parse({ language: 'ja' }));
    expect(settings.get()).toMatchObject({ theme: 'light', isFirstRunDone: true, language: 'ja' });
    settings.set({ theme: undefined });
    expect(settings.get().theme).toBe('light');
  });

  it('trust 1: the patch of the contract knows every setting but the places of programs and folders', () => {
    const places = ['libraryDir', 'libraryFolders', 'ffmpegPath', 'ffprobePath', 'proxyUrl', 'caFile'];
    // These have commands of their own.
    const others = [...places, 'librarySearches', 'webHook', 'originalsIn'];
    const settable = Object.keys(settingsSchema.shape).filter((name) => !others.includes(name));
    expect(Object.keys(settingsPatchSchema.shape)).toEqual(settable);
  });

  it.skipIf(process.platform === 'win32')('are readable by their owner alone', () => {
    createSettings({ profileDir }).set({ theme: 'light' });
    expect((fs.statSync(file()).mode & 0o777).toString(8)).toBe('600');
  });

  it('tell listeners, until they leave', () => {
    const settings = createSettings({ profileDir });
    const heard: string[] = [];
    const leave = settings.onChange((now) => heard.push(now.theme));
    settings.set({ theme: 'light' });
    leave();
    settings.set({ theme: 'system' });
    expect(heard).toEqual(['light']);
  });

  it.each(['', '{"theme":"light"', 'null', '[1]'])('keep a damaged file (%j) and say so', (content) => {
    fs.writeFileSync(file(), content);
    const settings = createSettings({ profileDir });
    expect(settings.get()).toEqual(settingsSchema.parse({}));
    const [notice] = settings.notices();
    expect(notice?.id).toBe('settingsDamaged');
    const backup = String(notice?.params?.backup);
    expect(backup).toMatch(/^settings\.json\.damaged-/);
    expect(fs.readFileSync(path.join(profileDir, backup), 'utf8')).toBe(content);
    settings.set({ theme: 'light' });
    expect(createSettings({ profileDir }).get().theme).toBe('light');
    expect(createSettings({ profileDir }).notices()).toEqual([]);
  });

  it('keep the good fields of a file with a bad one', () => {
    fs.writeFileSync(file(), JSON.stringify({ version: 1, theme: 'purple', language: 'ko', preset: 'best' }));
    const settings = createSettings({ profileDir });
    expect(settings.get()).toMatchObject({ theme: 'dark', language: 'ko', preset: 'best' });
    expect(settings.notices()).toMatchObject([{ id: 'settingsRepaired', params: { fields: 'theme' } }]);
    expect(names().filter((name) => name.includes('damaged'))).toHaveLength(1);
  });

  it.each([
    ['x{"theme":"light"}', 'lost'],
    ['{"version":1,"limits":{"perJob":5}}', 'lost'],
    ['{"version":1,"theme":"purple"}', 'none'],
    ['{"version":1,"limitsLost":"perhaps"}', 'none'],
  ])('J5: know whether limits went with what was damaged (%s: %s), until they are set again', (content, loss) => {
    fs.writeFileSync(file(), content);
    expect(createSettings({ profileDir }).limitsLoss()).toBe(loss);
    const later = createSettings({ profileDir });
    expect([later.limitsLoss(), later.notices()]).toEqual([loss, []]);
    later.noteLimitsLoss('told');
    later.set({ theme: 'light' });
    expect(createSettings({ profileDir }).limitsLoss()).toBe('told');
    later.set({ limits: { perJob: null, perDay: null, perMonth: null } });
    expect(createSettings({ profileDir }).limitsLoss()).toBe('none');
  });

  it('migrate a file without a version after keeping a copy of it', () => {
    const old = JSON.stringify({ theme: 'light' });
    fs.writeFileSync(file(), old);
    const settings = createSettings({ profileDir });
    expect(settings.get().theme).toBe('light');
    expect(settings.notices()).toEqual([]);
    const copy = names().find((name) => name.startsWith('settings.json.v0-'));
    expect(fs.readFileSync(path.join(profileDir, copy ?? ''), 'utf8')).toBe(old);
    expect(JSON.parse(fs.readFileSync(file(), 'utf8'))).toMatchObject({ version: 1, theme: 'light' });
  });

  it('keep what a newer program wrote and this one does not know', () => {
    fs.writeFileSync(file(), JSON.stringify({ version: 99, theme: 'light', autoColour: 'on' }));
    const settings = createSettings({ profileDir });
    expect(settings.notices()).toMatchObject([{ id: 'settingsNewer' }]);
    settings.set({ language: 'ja' });
    expect(JSON.parse(fs.readFileSync(file(), 'utf8'))).toMatchObject({
      autoColour: 'on',
      language: 'ja',
      version: 99,
    });
  });

  it('sweep half-written files of a killed process', () => {
    fs.writeFileSync(`${file()}.tmp-1234567890abcdef`, '{');
    createSettings({ profileDir });
    expect(names().filter((name) => name.includes('.tmp-'))).toEqual([]);
  });

  it('refuse a value that the contract refuses, and keep the old one', () => {
    const settings = createSettings({ profileDir });
    // @ts-expect-error: what a page without types could send
    expect(() => settings.set({ theme: 'purple' })).toThrow(/theme/);
    expect(settings.get().theme).toBe('dark');
  });

  it('name the file that cannot be read because it is a folder', () => {
    fs.mkdirSync(file());
    expect(() => createSettings({ profileDir })).toThrow(/storage: settings\.json cannot be read/);
  });

  it('can be read by others without a write', () => {
    fs.writeFileSync(file(), '{"theme":"li');
    expect(readSettings(profileDir)).toEqual(settingsSchema.parse({}));
    fs.writeFileSync(file(), '{"theme":"light"}');
    expect(readSettings(profileDir).theme).toBe('light');
    expect(names()).toEqual(['settings.json']);
  });

  it('have a text for every notice', () => {
    for (const id of ['settingsDamaged', 'settingsRepaired', 'settingsNewer'] as const) {
      expect(en.notices[id].length).toBeGreaterThan(20);
    }
  });
});
