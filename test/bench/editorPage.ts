/** The app in its browser host with a ten-minute 4K clip on the Create screen, for the benchmarks of the interface. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { samples } from '../e2e/support/files.ts';
import { launchBrowser } from '../e2e/support/launchBrowser.ts';
import { type RunningHost, startBrowserHost } from '../e2e/support/runningHost.ts';
import { bare } from './measure.ts';

export interface OpenBrowser {
  browser: Browser;
  context: BrowserContext;
}

export interface Editor extends OpenBrowser {
  host: RunningHost;
  close(): Promise<void>;
}

export const longClip = 'ten-minutes-4k.mp4';
const scanDeadlineMs = 15 * 60_000;
const segmentSeconds = 9;

/** Real footage where RESTAGE_FOOTAGE names some, else the drawn sample; brought to 4K once and then copied in a loop. */
export async function makeLongClip(folder: string, ffmpeg: string): Promise<string> {
  const real = join(process.env.RESTAGE_FOOTAGE ?? '', 'person-1280x720-9s.mp4');
  const source = process.env.RESTAGE_FOOTAGE && existsSync(real) ? real : samples.video;
  const [picture, sound, clip] = [join(folder, 'picture.mp4'), join(folder, 'sound.m4a'), join(folder, longClip)];
  const fill = 'scale=3840:2160:force_original_aspect_ratio=increase,crop=3840:2160,setsar=1,fps=30';
  const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '26', '-g', '60', '-pix_fmt', 'yuv420p'];
  const head = ['-v', 'error', '-y', '-t', String(segmentSeconds), '-i', source];
  await bare(ffmpeg, [...head, '-vf', fill, ...encode, '-an', picture]);
  await bare(ffmpeg, [...head, '-vn', '-c:a', 'aac', sound]);
  const looped = [picture, sound].flatMap((file) => ['-stream_loop', '-1', '-i', file]);
  await bare(ffmpeg, ['-v', 'error', '-y', ...looped, '-map', '0:v', '-map', '1:a', '-t', '600', '-c', 'copy', clip]);
  return clip;
}

export async function openEditor(folder: string): Promise<Editor> {
  const started = await startBrowserHost({ profileDir: join(folder, 'profile'), libraryDir: join(folder, 'library') });
  const { browser, context } = await openBrowser();
  // The printed address is good once: every page after it goes where that one was led, let in by the cookie that it got.
  const entrance = await context.newPage();
  await entrance.goto(started.address);
  const host = { ...started, address: entrance.url().replace(/#.*$/, '') };
  await entrance.close();
  const close = async () => {
    await browser.close();
    await host.stop();
  };
  return { host, browser, context, close };
}

export async function openBrowser(): Promise<OpenBrowser> {
  const browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  return { browser, context };
}

/** The first run, once: afterwards every page starts with the sample on the Create screen. */
export async function enterSandbox(editor: Editor): Promise<void> {
  const page = await editor.context.newPage();
  await page.goto(editor.host.address);
  await page.getByRole('button', { name: 'Try it in the sandbox' }).click();
  await page.getByText('Everything fits').waitFor();
  await page.close();
}

/** The long clip instead of the sample's, looked through to its end: nothing works in the background afterwards. */
export async function takeIn(editor: Editor, clip: string): Promise<void> {
  const page = await editor.context.newPage();
  await page.goto(editor.host.address);
  await page.getByTestId('intake-video').setInputFiles(clip);
  await page.getByText(longClip).first().waitFor({ timeout: 120_000 });
  const deadlineMs = Date.now() + scanDeadlineMs;
  while (!(await isScanned(page))) {
    if (Date.now() > deadlineMs) throw new Error('the clip was not looked through in time');
    await page.waitForTimeout(2000);
  }
  await page.close();
}

/** What lies on the timeline: pictures and cuts in sight. */
export async function timelineContent(page: Page): Promise<{ pictures: number; cuts: number; isLoud: boolean }> {
  const track = page.getByTestId('timeline-track');
  return {
    pictures: await track.locator('img').count(),
    cuts: await track.getByTestId('cut-mark').count(),
    isLoud: (await track.locator('canvas').count()) > 0,
  };
}

interface PageBridge {
  call(command: string, input: object): Promise<{ ok: boolean; value: { isScanned?: boolean; isDone: boolean } }>;
}

async function isScanned(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const { draft } = JSON.parse(localStorage.getItem('restage.draft.v1') ?? '{}');
    const bridge = Reflect.get(window, 'restage') as PageBridge;
    const answer = await bridge.call('media.timeline', { id: draft.videoId });
    return answer.ok && answer.value.isDone && answer.value.isScanned === true;
  });
}

/**
 * Before the page's own scripts: the bridge answers that the clip has no pictures, no sound and no shots, and tells of none later. All else
 * (page, clip, player, seeks) stays as it is, so that what differs is what lies on the timeline.
 */
export async function emptyTheTimeline(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const filmstrip = { count: 0, doneCount: 0, width: 160, height: 90 };
    const shots = { cuts: [], black: [], freezes: [], takes: [], motionBySecond: [], isScanned: true };
    const empty = { ok: true, value: { filmstrip, peaks: null, isDone: true, ...shots } };
    const define = Reflect.defineProperty;
    const emptied = ({ call, on, ...rest }: Record<'call' | 'on', (...input: unknown[]) => unknown>) => ({
      ...rest,
      call: (command: string, input: unknown) =>
        command === 'media.timeline' ? Promise.resolve(empty) : call(command, input),
      on: (event: string, listener: unknown) =>
        event === 'media.timelineChanged' ? () => undefined : on(event, listener),
    });
    Object.defineProperty = (target, name, descriptor) => {
      const isBridge = (target as unknown) === window && name === 'restage';
      define(target as object, name, isBridge ? { ...descriptor, value: emptied(descriptor.value) } : descriptor);
      return target;
    };
  });
}
