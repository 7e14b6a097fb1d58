/** What the sections of the settings are called and every word that stands in them, in the language that is spoken. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type SettingsSection, sectionTexts, settingsSections } from './settingsSections.ts';

export interface SectionWords {
  id: SettingsSection;
  label: string;
  words: string;
}

export function useSectionWords(): readonly SectionWords[] {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => {
    const textsOf = (key: string) => flatten(i18n.getResource(language, 'translation', key));
    return settingsSections.map((id) => ({
      id,
      label: textsOf(`${sectionTexts[id][0]}.title`)[0] ?? id,
      words: sectionTexts[id].flatMap(textsOf).join('\n'),
    }));
  }, [i18n, language]);
}

function flatten(texts: unknown): string[] {
  if (typeof texts === 'string') return [texts];
  return typeof texts === 'object' && texts !== null ? Object.values(texts).flatMap(flatten) : [];
}
