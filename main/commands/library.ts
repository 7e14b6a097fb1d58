/** The library's housekeeping: what is changed about a result, where its files are, and the trash. */
import { RestageError } from '../../shared/errors.ts';
import type { EventHub } from '../events.ts';
import type { AppOptions } from '../hostTypes.ts';
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
  `library.${'list' | 'rebuild' | 'update' | 'trash' | 'putBack' | 'trashed' | 'emptyTrash' | 'reveal'}`;

export function createLibraryHandlers({
  options,
  library,
  keeper,
  events,
}: LibraryServices): Pick<Handlers, LibraryCommand> {
  return {
    'library.list': async (query) => {
      await keeper.filled();
      const page = library.list(query);
      if (page.items.some(({ state }) => state === 'missing')) keeper.lookSoon();
      return page;
    },
    'library.rebuild': async () => {
      const report = await keeper.rebuild();
      return { ...report, moved: report.moved.length };
    },
    'library.update': async ({ id, ...patch }) => {
      const named = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const item = await library.update(id, named);
      events.emit('library.changed', {});
      return item;
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
