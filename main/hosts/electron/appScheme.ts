/** The page's own scheme: `app://restage/`. Page and media share one origin, so nothing else has to be let in. */
import { protocol } from 'electron';
import { asMediaAnswer } from '../../serve/mediaHeaders.ts';
import type { PageBackend } from '../pageBackend.ts';
import { createPageFiles, lookOf, plain } from '../pageFiles.ts';

export const pageUrl = 'app://restage/';

/** Must run before Electron is ready: a standard, secure scheme, with fetch, streamed media (seeking), and compiled code that is kept. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/** Stops path tricks and foreign hosts: only `restage`, only reading, only the page's folder and media by id. */
export function installAppProtocol(options: {
  pageFolder: string;
  backend: Pick<PageBackend, 'call' | 'fetch'>;
}): void {
  const page = createPageFiles({ folder: options.pageFolder, look: () => lookOf(options.backend) });
  protocol.handle('app', (request) => answer(request).catch(() => plain(500, 'internal')));

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.host !== 'restage') return plain(404, 'Not found');
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Method not allowed');
    if (!url.pathname.startsWith('/media/')) return page.respond(url.pathname.slice(1));
    return asMediaAnswer(await options.backend.fetch(request));
  }
}
