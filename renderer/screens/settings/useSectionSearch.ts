/** Finds sections of the settings by every word that stands in them, in the language that is spoken. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { indexEntries, matchEntries } from '../../text/matchEntries.ts';
import { type SettingsSection, settingsGroups } from './settingsGroups.tsx';

/** Ids of the sections that fit; all where nothing is typed. */
export function useSectionSearch(typed: string): ReadonlySet<string> {
  const { i18n } = useTranslation();
  const { language } = i18n;
  const indexed = useMemo(() => {
    const wordsOf = (key: string) => flatten(i18n.getResource(language, 'translation', key)).join('\n');
    return indexEntries(
      settingsGroups.flatMap(({ sections }) =>
        sections.map(({ id, texts }: SettingsSection) => ({ id, label: '', words: texts.map(wordsOf).join('\n') })),
      ),
    );
  }, [i18n, language]);
  return useMemo(() => new Set(matchEntries(indexed, typed, indexed.length).map(({ id }) => id)), [indexed, typed]);
}

function flatten(texts: unknown): string[] {
  if (typeof texts === 'string') return [texts];
  return typeof texts === 'object' && texts !== null ? Object.values(texts).flatMap(flatten) : [];
}
