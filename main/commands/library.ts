/** The library's housekeeping: what is changed about a result, where its files are, and the trash. */
import { RestageError } from '../../shared/errors.ts';
import type { EventHub } from '../events.ts';
import type { AppOptions } from '../hostTypes.ts';
import { changeItems, editItem } from '../library/edit.ts';
import type { LibraryKeeper } from '../library/keeper.ts';
import type { LibraryStore } from '../library/store.ts';
import type { Handlers } from './types.ts';

interface LibraryServices {
  options: AppOptions;
  library: LibraryStore;
  keeper: LibraryKeeper;
  events: EventHub;
}

type LibraryCommand =
  `library.${'list' | 'rebuild' | 'update' | 'change' | 'trash' | 'putBack' | 'trashed' | 'emptyTrash' | 'reveal'}`;

export function createLibraryHandlers({
  options,
  library,
  keeper,
  events,
}: LibraryServices): Pick<Handlers, LibraryCommand> {
  return {
    'library.list': async (query) => {
      await keeper.filled();
      // What lies in the folders is known; whether it still does is looked at beside this.
      keeper.lookSoon();
      return library.list(query);
    },
    'library.rebuild': async () => {
      const report = await keeper.rebuild();
      return { ...report, moved: report.moved.length };
    },
    'library.update': async ({ id, ...edit }) => {
      const item = await editItem(library, id, edit);
      events.emit('library.changed', {});
      return item;
    },
    'library.change': async ({ changes }) => {
      try {
        return await changeItems(library, changes);
      } finally {
        events.emit('library.changed', {});
      }
    },
    'library.trash': async ({ ids }) => ({ items: await keeper.trash(ids) }),
    'library.putBack': async ({ ids }) => ({ items: await keeper.putBack(ids) }),
    'library.trashed': async () => ({ items: await keeper.listTrash() }),
    'library.emptyTrash': async ({ ids }) => ({ removed: await keeper.emptyTrash(ids) }),
    'library.reveal': ({ id }) => {
      const item = library.get(id);
      if (!options.reveal) throw new RestageError('notFound', { detail: 'this host reveals no files' });
      options.reveal(item.file);
      return {};
    },
  };
}
