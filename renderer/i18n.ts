/** The page's translator, which loads a language when it is spoken (each is complete, so none needs another); and the typed hook that components use. */
import i18next, { type i18n, type TFunction } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language, Settings } from '../shared/contract/app.ts';
import { i18nBase, languageOf } from '../shared/i18n/base.ts';

const loaders = {
  en: () => import('../shared/i18n/en/page.ts').then((module) => module.page),
  ja: () => import('../shared/i18n/ja/page.ts').then((module) => module.page),
  ko: () => import('../shared/i18n/ko/page.ts').then((module) => module.page),
} as const;

/** Resolves when every text of `language` is there. */
export async function createI18n(language: Language): Promise<i18n> {
  const instance = i18next.createInstance().use(initReactI18next);
  await instance.init({
    ...i18nBase,
    resources: { [language]: { translation: await loaders[language]() } },
    lng: language,
  });
  return instance;
}

/** Loads a language's texts first: nothing is ever shown half in another one. */
export async function speak(instance: i18n, language: Language): Promise<void> {
  if (!instance.hasResourceBundle(language, 'translation')) {
    instance.addResourceBundle(language, 'translation', await loaders[language]());
  }
  await instance.changeLanguage(language);
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
