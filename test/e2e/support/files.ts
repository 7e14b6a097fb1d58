/** Files that the journeys use, and the three ways in which a person brings them in. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';

export { samples } from './samples.ts';

export type Slot = 'video' | 'image';

const mimeTypes: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
};

/** By the file dialog behind the picker. */
export async function chooseFile(page: Page, slot: Slot, file: string): Promise<void> {
  await page.getByTestId(`intake-${slot}`).setInputFiles(file);
}

/** A drop that script makes: a `File` without a path, which has to be streamed. */
export async function dropBytes(page: Page, slot: Slot, file: string): Promise<void> {
  const content = readFileSync(file).toString('base64');
  const type = mimeTypes[path.extname(file).toLowerCase()] ?? '';
  const transfer = await page.evaluateHandle(
    async ({ content, name, type }) => {
      const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], name, { type }));
      return transfer;
    },
    { content, name: path.basename(file), type },
  );
  const target = page.getByTestId(`drop-${slot}`);
  for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer: transfer });
}

/** A drag from the system with real paths, as the browser sees it: the closest to a hand. Coordinates of the target by test id. */
export async function dragFiles(page: Page, testId: string, files: readonly string[]): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const box = await page.getByTestId(testId).boundingBox();
  if (!box) throw new Error(`${testId} is not on the page`);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  for (const type of ['dragEnter', 'dragOver', 'dragOver', 'drop'] as const) {
    await client.send('Input.dispatchDragEvent', { type, ...at, data });
  }
  await client.detach();
}
