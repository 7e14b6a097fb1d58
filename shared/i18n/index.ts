/** One translator for page, menus, notifications and CLI alike, built on i18next's core (pure JavaScript). */
import i18next, { type i18n, type TFunction } from 'i18next';
import type { Language } from '../contract/app.ts';
import { i18nBase } from './base.ts';
import { en } from './en/index.ts';
import { ja } from './ja/index.ts';
import { ko } from './ko/index.ts';

export { languageOf } from './base.ts';

export const catalogs = { en, ja, ko };

/** The shape every language must fill: en's keys with any text (plural forms differ by language, i18next's suffixes). */
export type Catalog<T = typeof en> = { [K in keyof T]: T[K] extends string ? string : Catalog<T[K]> };

export const i18nOptions = {
  resources: { en: { translation: en }, ja: { translation: ja }, ko: { translation: ko } },
  ...i18nBase,
} as const;

export type Translate = TFunction;

export function createTranslator(language: Language): Translate {
  const instance: i18n = i18next.createInstance();
  // Resources are in memory: init finishes before it returns.
  void instance.init({ ...i18nOptions, lng: language, initAsync: false });
  return instance.t;
}
