/** What a translator needs besides its texts; apart from the catalogues, so that a page can load only the languages it speaks. */
import type { Language } from '../contract/app.ts';
import { shownText } from '../words/shownText.ts';

export const i18nBase = {
  fallbackLng: 'en',
  // Nothing here is markup; what is put into a text (names above all) is shown for what it is.
  interpolation: { escapeValue: true, escape: shownText },
  returnNull: false,
} as const;

/** 'ja-JP', 'ko', 'en_US.UTF-8' → the language we have, else English. */
export function languageOf(locale: string): Language {
  const head = locale.toLowerCase().split(/[-_.]/)[0];
  return head === 'ja' || head === 'ko' ? head : 'en';
}
