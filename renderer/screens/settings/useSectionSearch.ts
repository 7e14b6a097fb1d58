/** Finds sections of the settings by every word that stands in them, in the language that is spoken. */
import { useMemo } from 'react';
import { indexEntries, matchEntries } from '../../text/matchEntries.ts';
import type { SettingsSection } from './settingsSections.ts';
import { useSectionWords } from './useSectionWords.ts';

/** Ids of the sections that fit; all where nothing is typed. */
export function useSectionSearch(typed: string): ReadonlySet<SettingsSection> {
  const sections = useSectionWords();
  const indexed = useMemo(() => indexEntries(sections.map(({ id, words }) => ({ id, label: '', words }))), [sections]);
  return useMemo(() => new Set(matchEntries(indexed, typed, indexed.length).map(({ id }) => id)), [indexed, typed]);
}
