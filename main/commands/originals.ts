/** Whether the library keeps originals, and how much room they take; the folder is the library's own, and no page names it. */
import type { Settings } from '../../shared/contract/app.ts';
import type { OriginalsState } from '../../shared/contract/libraryCommands.ts';
import type { OriginalsFinder } from '../library/originals/find.ts';
import type { Originals } from '../library/originals/originals.ts';
import { originalsFolder } from '../library/originals/place.ts';
import type { SettingsChange } from './changeSettings.ts';
import type { Handlers } from './types.ts';

interface OriginalsServices {
  originals: Pick<Originals, 'giveUp' | 'missingCount'>;
  finder: Pick<OriginalsFinder, 'sizeOf'>;
  libraryDir: () => string;
  settings: () => Settings;
  change: SettingsChange;
}

export function createOriginalsHandlers(
  services: OriginalsServices,
): Pick<Handlers, `library.${'originals' | 'keepOriginals'}`> {
  const { originals, finder, libraryDir, settings, change } = services;

  async function state(): Promise<OriginalsState> {
    const library = libraryDir();
    return {
      ...{ isKept: settings().originalsIn.includes(library), folder: originalsFolder(library) },
      ...(await finder.sizeOf(library)),
      missing: originals.missingCount(),
    };
  }

  return {
    'library.originals': state,
    'library.keepOriginals': ({ isKept }) => {
      const library = libraryDir();
      const others = settings().originalsIn.filter((folder) => folder !== library);
      change({ originalsIn: isKept ? [...others, library] : others });
      if (!isKept) originals.giveUp(library);
      return state();
    },
  };
}
