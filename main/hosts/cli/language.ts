/** In which language the CLI speaks: the profile's choice, else the system's. */
import type { Language, Settings } from '../../../shared/contract/app.ts';
import { languageOf } from '../../../shared/i18n/index.ts';
import { readSettings } from '../../settings/settingsFile.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** POSIX order of the locale variables; systems without them are asked through Intl. */
export function systemLocale(env: Env, platform: NodeJS.Platform): string {
  const named = env.LC_ALL || env.LC_MESSAGES || env.LANG;
  if (named) return named.split('.')[0]?.replace('_', '-') ?? 'en';
  return platform === 'win32' || platform === 'darwin' ? new Intl.DateTimeFormat().resolvedOptions().locale : 'en';
}

/** Null when they cannot be read: a damaged file is reported by whoever opens the profile. Never writes. */
export function cliSettings(profileDir: string): Settings | null {
  try {
    return readSettings(profileDir);
  } catch {
    return null;
  }
}

export function cliLanguage(profileDir: string, locale: string): Language {
  const language = cliSettings(profileDir)?.language ?? 'system';
  return language === 'system' ? languageOf(locale) : language;
}
