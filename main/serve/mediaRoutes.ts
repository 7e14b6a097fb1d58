/** Media by id on the page's own origin: `/media/<kind>/<id>[/<n>]`. Ids only; no path ever comes from a page. */

import { RestageError } from '../../shared/errors.ts';
import type { MediaUrlKind } from '../../shared/media/mediaUrl.ts';
import type { Assets } from '../intake/assets.ts';
import type { LibraryStore } from '../library/store.ts';
import type { MediaService } from '../services.ts';
import type { Shelf } from '../shelf/shelf.ts';
import { realFileInside } from '../storage/ownFiles.ts';
import { fileResponse } from './fileResponse.ts';
import { isMediaType } from './mediaHeaders.ts';

interface Place {
  file: string;
  contentType: string;
}

interface Services {
  assets: Assets;
  shelf: Shelf;
  media: MediaService;
  library: LibraryStore;
  /** Results are served out of these alone. */
  libraryFolders: () => Iterable<string>;
}

export function createMediaRoutes({
  assets,
  shelf,
  media,
  library,
  libraryFolders,
}: Services): (request: Request) => Promise<Response> {
  /** The name in the index may have become a link since; it is opened by its real path, inside the library. */
  const resultFile = (id: string) => realFileInside(library.get(id).file, libraryFolders());
  const routes: Record<MediaUrlKind, (id: string, n: number, signal: AbortSignal) => Promise<Place | null>> = {
    async asset(id) {
      const { path, facts } = await assets.present(id);
      if (facts.kind === 'video') return { file: path, contentType: videoType(facts.container) };
      const contentType = `image/${facts.format}`;
      // What is no picture of pixels (an SVG runs scripts), or none that a browser shows, goes out as its still.
      if (isMediaType(contentType)) return { file: path, contentType };
      return { file: await media.poster(path, facts), contentType: 'image/jpeg' };
    },
    async poster(id, _n, signal) {
      const { path, facts } = await assets.present(id);
      return { file: await media.poster(path, facts, signal), contentType: 'image/jpeg' };
    },
    async filmstrip(id, n) {
      const { path, facts } = await assets.present(id);
      if (facts.kind !== 'video') return null;
      const file = await media.filmstripPicture(path, facts, n);
      return file === null ? null : { file, contentType: 'image/jpeg' };
    },
    async proxy(id) {
      const { path, facts } = await assets.present(id);
      return facts.kind === 'video' ? { file: await media.proxy(path, facts), contentType: 'video/mp4' } : null;
    },
    async prepared(id) {
      const { path, mimeType } = await shelf.file(id);
      return { file: path, contentType: mimeType };
    },
    async library(id) {
      const file = await resultFile(id);
      return file === null ? null : { file, contentType: 'video/mp4' };
    },
    async libraryPoster(id, _n, signal) {
      // A still that was made once is shown while the file is away.
      const file = await media.stillOf(id, () => resultFile(id), signal);
      return file === null ? null : { file, contentType: 'image/jpeg' };
    },
    async libraryStrip(id, _n, signal) {
      const file = await media.stripOf(id, () => resultFile(id), signal);
      return file === null ? null : { file, contentType: 'image/jpeg' };
    },
  };

  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response('method', { status: 405 });
    const match = /\/media\/([a-zA-Z]+)\/([A-Za-z0-9_-]{1,80})(?:\/(\d{1,6}))?$/.exec(new URL(request.url).pathname);
    const kind = match?.[1];
    if (!match || kind === undefined || !Object.hasOwn(routes, kind)) return new Response('not found', { status: 404 });
    try {
      const place = await routes[kind as MediaUrlKind](match[2] ?? '', Number(match[3] ?? 0), request.signal);
      return place
        ? await fileResponse(place.file, request, place.contentType)
        : new Response('not yet', { status: 404 });
    } catch (error) {
      const isOurs =
        error instanceof RestageError &&
        ['notFound', 'sourceMissing', 'sourceUnreadable', 'refused'].includes(error.code);
      return new Response(isOurs ? error.message : 'failed', { status: isOurs ? 404 : 500 });
    }
  };
}

function videoType(container: string): string {
  // QuickTime goes under the name of MP4: Chromium plays it then, and refuses video/quicktime.
  const known: Record<string, string> = { webm: 'video/webm', matroska: 'video/x-matroska' };
  return known[container] ?? 'video/mp4';
}
