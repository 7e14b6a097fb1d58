/**
 * Drags results out as real files. The page names library ids; paths are looked up here, so it can drag nothing else. What takes time (paths, the icon)
 * is done when the pointer goes down: a drag that begins after its gesture is none.
 */
import { ipcMain, nativeImage, type WebContents } from 'electron';
import { z } from 'zod';
import { idSchema } from '../../../shared/contract/ids.ts';
import { electronChannels } from '../../../shared/electronChannels.ts';
import { mediaUrl } from '../../../shared/media/mediaUrl.ts';
import type { PageBackend } from '../pageBackend.ts';
import { pageUrl } from './appScheme.ts';
import { isFromOurPage } from './senderGuard.ts';

const idsSchema = z.array(idSchema).min(1).max(200);
const iconHeight = 64;

type Backend = Pick<PageBackend, 'call' | 'fetch'>;
interface Prepared {
  key: string;
  item: Promise<Electron.Item | null>;
  /** There when the drag begins: it is handed over within the same turn. */
  ready: Electron.Item | null;
}

export function installDragOut(backend: Backend): void {
  let prepared: Prepared | null = null;

  function prepare(ids: readonly string[]): Prepared {
    const key = ids.join(' ');
    if (prepared?.key === key) return prepared;
    // A file that vanished: nothing is dragged, and nothing breaks.
    const next: Prepared = { key, ready: null, item: itemOf(ids, backend).catch(() => null) };
    void next.item.then((item) => {
      next.ready = item;
    });
    prepared = next;
    return next;
  }

  ipcMain.on(electronChannels.prepareDrag, (event, raw: unknown) => {
    const ids = idsSchema.safeParse(raw);
    if (!isFromOurPage(event) || !ids.success) return;
    // Pressed anew: a result may have been renamed or thrown away since.
    prepared = null;
    prepare(ids.data);
  });
  ipcMain.on(electronChannels.dragOut, (event, raw: unknown) => {
    const ids = idsSchema.safeParse(raw);
    if (!isFromOurPage(event) || !ids.success) return;
    const { ready, item } = prepare(ids.data);
    prepared = null;
    if (ready) drag(event.sender, ready);
    // Hundreds of results, or a slow drive: the button may still be down.
    else void item.then((late) => late && drag(event.sender, late));
  });
}

function drag(page: WebContents, item: Electron.Item): void {
  if (!page.isDestroyed()) page.startDrag(item);
}

async function itemOf(ids: readonly string[], backend: Backend): Promise<Electron.Item | null> {
  const [files, icon] = await Promise.all([filesOf(ids, backend), iconOf(ids[0] ?? '', backend)]);
  const [file] = files;
  return file === undefined ? null : { file, files, icon };
}

async function filesOf(ids: readonly string[], backend: Pick<PageBackend, 'call'>): Promise<string[]> {
  const items = await Promise.all(ids.map((id) => backend.call('library.get', { id })));
  return items.flatMap((item) => (item.ok && item.value.state === 'present' ? [item.value.file] : []));
}

/** The poster; with an empty icon there would be no drag, so a plain tile stands in. */
async function iconOf(id: string, backend: Pick<PageBackend, 'fetch'>): Promise<Electron.NativeImage> {
  const answer = await backend.fetch(new Request(new URL(mediaUrl('libraryPoster', id), pageUrl))).catch(() => null);
  const poster = answer?.ok ? nativeImage.createFromBuffer(Buffer.from(await answer.arrayBuffer())) : null;
  if (poster && !poster.isEmpty()) return poster.resize({ height: iconHeight });
  const grey = Buffer.alloc(iconHeight * iconHeight * 4, 0x80);
  return nativeImage.createFromBitmap(grey, { width: iconHeight, height: iconHeight });
}
