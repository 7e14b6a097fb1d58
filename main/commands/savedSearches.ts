/** Queries of the library under a name. They lie in the settings: the index is thrown away and made anew. */
import { randomUUID } from 'node:crypto';
import type { Settings } from '../../shared/contract/app.ts';
import { refused } from '../../shared/errors.ts';
import type { SettingsChange } from './changeSettings.ts';
import type { Handlers } from './types.ts';

const MOST_SEARCHES = 200;

export function createSearchHandlers({
  settings,
  change,
}: {
  settings: () => Settings;
  change: SettingsChange;
}): Pick<Handlers, 'library.saveSearch' | 'library.removeSearch'> {
  const searches = () => settings().librarySearches;
  return {
    'library.saveSearch': (search) => {
      const known = searches().find(({ name }) => name === search.name);
      if (!known && searches().length >= MOST_SEARCHES)
        throw refused('name', 'library.searches', { name: search.name, max: MOST_SEARCHES });
      const saved = { ...search, id: known?.id ?? randomUUID() };
      const others = searches();
      const librarySearches = known ? others.map((one) => (one.id === saved.id ? saved : one)) : [...others, saved];
      return change({ librarySearches }).librarySearches;
    },
    'library.removeSearch': ({ id }) =>
      change({ librarySearches: searches().filter((search) => search.id !== id) }).librarySearches,
  };
}
