/** What a translator needs besides its texts; apart from the catalogues, so that a page can load only the languages it speaks. */
import type { Language } from '../contract/app.ts';

export const i18nBase = {
  fallbackLng: 'en',
  interpolation: { escapeValue: false },
  returnNull: false,
} as const;

/** 'ja-JP', 'ko', 'en_US.UTF-8' → the language we have, else English. */
export function languageOf(locale: string): Language {
  const head = locale.toLowerCase().split(/[-_.]/)[0];
  return head === 'ja' || head === 'ko' ? head : 'en';
}
