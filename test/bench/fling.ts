/** A wheel that turns for some seconds, and how long each frame of it took. */
import type { Page } from '@playwright/test';

/** Lengths of the frames while the wheel turns. */
export async function fling(page: Page, at: { x: number; y: number }, seconds: number): Promise<number[]> {
  await page.mouse.move(at.x, at.y);
  const frames = page.evaluate(
    (seconds) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const startedMs = performance.now();
        let lastMs = startedMs;
        const next = (nowMs: number) => {
          times.push(nowMs - lastMs);
          lastMs = nowMs;
          if (nowMs - startedMs < seconds * 1000) requestAnimationFrame(next);
          else resolve(times.slice(1));
        };
        requestAnimationFrame(next);
      }),
    seconds,
  );
  const endMs = Date.now() + seconds * 1000;
  while (Date.now() < endMs) await page.mouse.wheel(0, 240);
  return frames;
}

/** So much of them (0 to 1) lies within the answer. */
export function share(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}
