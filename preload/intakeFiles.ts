/**
 * Turns the page's `File`s into assets. A real dropped or chosen file has a path, which Electron tells preload and nobody else;
 * a `File` that a script made has none, so a page can never name a path of its own: those bytes are streamed.
 */
import { ipcRenderer, webUtils } from 'electron';
import type { Asset } from '../shared/contract/media.ts';
import { electronChannels, type IntakeMessage } from '../shared/electronChannels.ts';
import type { Result } from '../shared/errors.ts';

const send = (message: IntakeMessage) => ipcRenderer.invoke(electronChannels.intake, message);

/** One after the other: results keep the order of the files, and a disk reads one file at a time best. */
export async function intakeFiles(files: File[]): Promise<Result<Asset>[]> {
  const results: Result<Asset>[] = [];
  for (const file of files) {
    const path = webUtils.getPathForFile(file);
    results.push(path === '' ? await streamFile(file) : await send({ kind: 'path', path }));
  }
  return results;
}

async function streamFile(file: File): Promise<Result<Asset>> {
  const id: number = await send({ kind: 'begin', name: file.name });
  try {
    const reader = file.stream().getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      await send({ kind: 'chunk', id, bytes: piece.value }); // awaited: main says when it can take more
    }
    return await send({ kind: 'end', id });
  } catch (error) {
    await send({ kind: 'abort', id });
    return { ok: false, error: { code: 'sourceUnreadable', reasons: [], detail: String(error) } };
  }
}
