/** The page's translator: one instance over shared/i18n, and the typed hook that components use. */
import i18next, { type i18n, type TFunction } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language, Settings } from '../shared/contract/app.ts';
import { i18nOptions, languageOf } from '../shared/i18n/index.ts';

export function createI18n(language: Language): i18n {
  const instance = i18next.createInstance().use(initReactI18next);
  // Resources are in memory: init finishes before it returns.
  void instance.init({ ...i18nOptions, lng: language, initAsync: false });
  return instance;
}

export function languageFor(setting: Settings['language'] | undefined, locale: string): Language {
  return setting === undefined || setting === 'system' ? languageOf(locale) : setting;
}

export interface Texts {
  t: TFunction;
  language: string;
  /** For keys that come from data (`rules.<id>.title`): null when the catalogue has no such text. */
  find(key: string, params?: Readonly<Record<string, string | number>>): string | null;
}

export function useTexts(): Texts {
  const { t, i18n } = useTranslation();
  const translate = t as unknown as (key: string, params?: object) => string;
  return {
    t,
    language: i18n.language,
    find: (key, params) => (i18n.exists(key) ? translate(key, params) : null),
  };
}
