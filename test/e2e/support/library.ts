/** What a journey asserts about its results: on the screen, and on disk. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

/** Every result file of the library folder with its recipe; nothing else may lie there, but in a folder that is named. */
export function resultsOnDisk(
  libraryDir: string,
  { besides }: { besides?: string } = {},
): { file: string; sidecar: Record<string, unknown> }[] {
  const names = readdirSync(libraryDir, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.\w+$/.test(name) && (besides === undefined || !name.startsWith(besides)),
  );
  const files = names.filter((name) => name.endsWith('.mp4')).sort();
  const sidecars = files.map((name) => name.replace(/\.mp4$/, '.restage.json'));
  expect(names.sort()).toEqual([...files, ...sidecars].sort());
  return files.map((name, index) => ({
    file: path.join(libraryDir, name),
    sidecar: JSON.parse(readFileSync(path.join(libraryDir, sidecars[index] ?? ''), 'utf8')),
  }));
}

/** Moves on its own, and shows a picture: a codec that Chromium cannot show plays silently black, with no width. */
export async function expectPlaying(video: Locator): Promise<void> {
  const read = () =>
    video.evaluate((element: HTMLVideoElement) => ({
      width: element.videoWidth,
      height: element.videoHeight,
      at: element.currentTime,
      isPaused: element.paused,
    }));
  await expect.poll(async () => (await read()).width, { message: 'the picture has a size' }).toBeGreaterThan(0);
  const before = await read();
  await expect.poll(async () => (await read()).isPaused, { message: 'it is not paused' }).toBe(false);
  await expect.poll(async () => (await read()).at, { message: 'it plays' }).not.toBe(before.at);
}

/** Journeys ask for less movement, so an opened result stands still until its key is pressed. */
export async function playOpened(page: Page): Promise<void> {
  await expect(page.getByTestId('result-video').first()).toBeVisible();
  await expect(page.getByRole('dialog').locator('[data-autofocus]')).toBeFocused();
  await page.keyboard.press('Space');
  await expectPlaying(page.getByTestId('result-video').first());
}
