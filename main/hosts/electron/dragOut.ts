/** Drags results out as real files. The page names library ids; paths are looked up here, so it can drag nothing else. */
import { ipcMain, nativeImage } from 'electron';
import { z } from 'zod';
import { idSchema } from '../../../shared/contract/ids.ts';
import { electronChannels } from '../../../shared/electronChannels.ts';
import { mediaUrl } from '../../../shared/media/mediaUrl.ts';
import type { PageBackend } from '../pageBackend.ts';
import { pageUrl } from './appScheme.ts';
import { isFromOurPage } from './senderGuard.ts';

const idsSchema = z.array(idSchema).min(1).max(200);
const iconHeight = 64;

export function installDragOut(backend: Pick<PageBackend, 'call' | 'fetch'>): void {
  ipcMain.on(electronChannels.dragOut, (event, raw: unknown) => {
    const ids = idsSchema.safeParse(raw);
    if (!isFromOurPage(event) || !ids.success) return;
    // A file that vanished, a page that is gone: nothing is dragged, and nothing breaks.
    drag(event.sender, ids.data, backend).catch(() => {});
  });
}

async function drag(
  page: Electron.WebContents,
  ids: readonly string[],
  backend: Pick<PageBackend, 'call' | 'fetch'>,
): Promise<void> {
  const files = await filesOf(ids, backend);
  const [file] = files;
  if (file === undefined) return;
  const icon = await iconOf(ids[0] ?? '', backend);
  if (!page.isDestroyed()) page.startDrag({ file, files, icon });
}

async function filesOf(ids: readonly string[], backend: Pick<PageBackend, 'call'>): Promise<string[]> {
  const items = await Promise.all(ids.map((id) => backend.call('library.get', { id })));
  return items.flatMap((item) => (item.ok && item.value.state === 'present' ? [item.value.file] : []));
}

/** The poster; an empty icon would make macOS refuse the drag, so a plain tile stands in. */
async function iconOf(id: string, backend: Pick<PageBackend, 'fetch'>): Promise<Electron.NativeImage> {
  const answer = await backend.fetch(new Request(new URL(mediaUrl('libraryPoster', id), pageUrl)));
  const poster = answer.ok ? nativeImage.createFromBuffer(Buffer.from(await answer.arrayBuffer())) : null;
  if (poster && !poster.isEmpty()) return poster.resize({ height: iconHeight });
  const grey = Buffer.alloc(iconHeight * iconHeight * 4, 0x80);
  return nativeImage.createFromBitmap(grey, { width: iconHeight, height: iconHeight });
}
