/** The page's translator, which loads a language when it is spoken, and of it what the page starts with before the rest (each is complete, so none needs another); and the typed hook that components use. */
import i18next, { type i18n, type TFunction } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language, Settings } from '../../shared/contract/app.ts';
import { i18nBase, languageOf } from '../../shared/i18n/base.ts';

const loaders = {
  en: {
    page: () => import('../../shared/i18n/en/page.ts').then((module) => module.page),
    later: () => import('../../shared/i18n/en/later.ts').then((module) => module.later),
  },
  ja: {
    page: () => import('../../shared/i18n/ja/page.ts').then((module) => module.page),
    later: () => import('../../shared/i18n/ja/later.ts').then((module) => module.later),
  },
  ko: {
    page: () => import('../../shared/i18n/ko/page.ts').then((module) => module.page),
    later: () => import('../../shared/i18n/ko/later.ts').then((module) => module.later),
  },
} as const;

/** The page's one translator, and whether a part of it has asked for the later texts. */
let spoken: { instance: i18n; needsLater: boolean } | null = null;

/** Resolves when every text that the page starts with is there in `language`. */
export async function createI18n(language: Language): Promise<i18n> {
  const instance = i18next.createInstance().use(initReactI18next);
  await instance.init({
    ...i18nBase,
    resources: { [language]: { translation: await loaders[language].page() } },
    lng: language,
  });
  spoken = { instance, needsLater: false };
  return instance;
}

/** Loads a language's texts first: nothing is ever shown half in another one. */
export async function speak(instance: i18n, language: Language): Promise<void> {
  if (!instance.hasResourceBundle(language, 'translation')) {
    instance.addResourceBundle(language, 'translation', await loaders[language].page());
  }
  if (spoken?.needsLater) await addLater(instance, language);
  await instance.changeLanguage(language);
}

/** For `later`: resolves when the texts of what comes after the start are there, in the language of then. */
export async function laterTexts(): Promise<void> {
  if (!spoken) return;
  const { instance } = spoken;
  // From here on every other language brings them along.
  spoken.needsLater = true;
  let language: Language;
  do {
    language = languageOf(instance.language);
    await addLater(instance, language);
  } while (languageOf(instance.language) !== language);
}

async function addLater(instance: i18n, language: Language): Promise<void> {
  if (instance.exists('settings.title', { lng: language, fallbackLng: [] })) return;
  instance.addResourceBundle(language, 'translation', await loaders[language].later(), true);
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
