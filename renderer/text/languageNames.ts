/** The languages, each in its own, so that everybody finds theirs. */
import type { Language } from '../../shared/contract/app.ts';

export const languageNames: Readonly<Record<Language, string>> = { en: 'English', ja: '日本語', ko: '한국어' };

export function languageSetting(value: string): Language | 'system' {
  return value === 'en' || value === 'ja' || value === 'ko' ? value : 'system';
}
