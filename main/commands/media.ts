/** Checking, preparing and looking at media. */

import type { Settings } from '../../shared/contract/app.ts';
import type { VideoFacts } from '../../shared/contract/media.ts';
import { RestageError } from '../../shared/errors.ts';
import type { EventHub } from '../events.ts';
import type { AssetFile, Assets } from '../intake/assets.ts';
import { checkOrder } from '../jobs/order/check.ts';
import type { LibraryStore } from '../library/store.ts';
import type { MediaService } from '../services.ts';
import type { ClipOrder, Shelf } from '../shelf/shelf.ts';
import { realFileInside } from '../storage/ownFiles.ts';
import type { Handlers } from './types.ts';

interface MediaServices {
  media: MediaService;
  assets: Assets;
  shelf: Shelf;
  events: EventHub;
  settings: () => Settings;
  library: Pick<LibraryStore, 'get'>;
  /** Results are read out of these alone. */
  libraryFolders: () => Iterable<string>;
}

type MediaCommand =
  | 'media.check'
  | 'media.timeline'
  | 'media.timelineStop'
  | 'media.proxy'
  | 'assets.still'
  | 'assets.ofResult'
  | 'prepared.make'
  | 'prepared.cancel'
  | 'prepared.remove';

export function createMediaHandlers(services: MediaServices): Pick<Handlers, MediaCommand> {
  const { media, assets, shelf, events } = services;
  const running = new Map<string, AbortController>();
  const nameOf = (order: ClipOrder) =>
    JSON.stringify([order.assetId, order.target, order.trim, order.preset, order.crop, order.pad, order.soundTrack]);

  async function video(id: string): Promise<AssetFile & { facts: VideoFacts }> {
    const asset = await assets.present(id);
    const { facts } = asset;
    if (facts.kind !== 'video')
      throw new RestageError('refused', {
        reasons: [{ field: 'video', rule: 'kind.clip', params: { name: asset.name, kind: facts.kind } }],
      });
    return { ...asset, facts };
  }

  return {
    'assets.still': ({ id }) => assets.still(id),
    'assets.ofResult': async ({ id }) => {
      const { name, file } = services.library.get(id);
      const real = await realFileInside(file, services.libraryFolders());
      if (real === null)
        throw new RestageError('sourceMissing', {
          reasons: [{ field: 'video', rule: 'source.missing', params: { name, path: file } }],
        });
      return assets.addPath(real);
    },
    'media.check': (input) => checkOrder(input, services),
    'media.timeline': async ({ id }) => {
      const asset = await video(id);
      return media.timeline(asset.path, asset.facts, (timeline) =>
        events.emit('media.timelineChanged', { assetId: id, timeline }),
      );
    },
    'media.timelineStop': async ({ id }) => {
      await media.stopTimeline((await video(id)).path);
      return {};
    },
    'media.proxy': async ({ id }) => {
      const asset = await video(id);
      await media.proxy(asset.path, asset.facts);
      return { isReady: true };
    },
    'prepared.make': async (order) => {
      const name = nameOf(order);
      const controller = running.get(name) ?? new AbortController();
      running.set(name, controller);
      try {
        const made = await shelf.make(order, {
          keep: true,
          signal: controller.signal,
          onProgress: (ratio) => events.emit('media.prepareProgress', { assetId: order.assetId, ratio }),
        });
        return shelf.get(made.id);
      } finally {
        running.delete(name);
      }
    },
    'prepared.cancel': (order) => {
      running.get(nameOf(order))?.abort();
      return {};
    },
    'prepared.remove': ({ id }) => {
      shelf.remove(id);
      return {};
    },
  };
}
