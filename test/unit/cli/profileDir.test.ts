/** The profile lies where each system keeps such things. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { systemLocale } from '../../../main/hosts/cli/language.ts';
import { defaultProfileDir } from '../../../main/profile/paths.ts';

test.skipIf(path.sep !== '/').each([
  ['linux', { HOME: '/home/ada' }, '/home/ada/.config/Restage'],
  ['linux', { HOME: '/home/ada', XDG_CONFIG_HOME: '/cfg' }, '/cfg/Restage'],
  ['linux', { HOME: '/home/ada', XDG_CONFIG_HOME: 'relative' }, '/home/ada/.config/Restage'],
  ['darwin', { HOME: '/Users/ada' }, '/Users/ada/Library/Application Support/Restage'],
  ['win32', { APPDATA: '/appdata' }, '/appdata/Restage'],
  ['linux', { HOME: '/home/ada', RESTAGE_PROFILE: '/p' }, '/p'],
] as const)('%s %j', (platform, env, expected) => {
  expect(defaultProfileDir(env, platform)).toBe(expected);
});

test.each([
  [{ LANG: 'ja_JP.UTF-8' }, 'ja-JP'],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'ko_KR.UTF-8' }, 'ko-KR'],
  [{ LANG: 'C.UTF-8' }, 'C'],
  [{}, 'en'],
])('the locale of %j is %s', (env, expected) => {
  expect(systemLocale(env, 'linux')).toBe(expected);
});
