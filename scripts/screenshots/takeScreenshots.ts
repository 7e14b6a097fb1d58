/**
 * Goes through the app as a first user would, in the real browser host with the sample project, and keeps a picture of every screen and state
 * in every language, theme and width: .screenshots/<language>/<screen>-<state>-<theme>-<width>.png, and once each in a narrow window and at twice
 * the size: …-reflow-800.png, …-reflow-200.png. Words as arguments choose among them.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import sharp from 'sharp';
import { launchBrowser } from '../../test/e2e/support/launchBrowser.ts';
import { type Environment, root, startBrowserHost } from '../../test/e2e/support/runningHost.ts';
import { startSandbox } from '../../test/integration/sandbox/harness.ts';
import { applyLook } from './pageSteps.ts';
import { payingShots } from './payingShots.ts';
import type { Place, Shot } from './shot.ts';
import { shots } from './shots.ts';

const languages = ['en', 'ja', 'ko'] as const;
const themes = ['dark', 'light'] as const;
const widths = [1024, 1600] as const;
const heights: Readonly<Record<(typeof widths)[number], number>> = { 1024: 700, 1600: 1000 };
const folder = path.join(root, '.screenshots');
/** What README shows: picture → file in docs/. */
const forReadme: Readonly<Record<string, string>> = {
  'en/create-filled-dark-1600': 'create.png',
  'en/library-filled-dark-1600': 'library.png',
};

const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.every((word) => name.includes(word));

interface Look {
  name: string;
  language: (typeof languages)[number];
  theme: (typeof themes)[number];
  size: { width: number; height: number };
  interfaceScalePercent: number;
}

const looksOf = (shot: Shot): Look[] => [
  ...languages.flatMap((language) =>
    themes.flatMap((theme) =>
      widths.map((width) => ({
        name: `${language}/${shot.name}-${theme}-${width}`,
        ...{ language, theme, size: { width, height: heights[width] }, interfaceScalePercent: 100 },
      })),
    ),
  ),
  // WCAG 1.4.10 and 1.4.4.
  ...[
    { name: 'reflow-800', size: { width: 800, height: 900 }, interfaceScalePercent: 100 },
    { name: 'reflow-200', size: { width: 1600, height: 1000 }, interfaceScalePercent: 200 },
  ].map(({ name, ...look }) => ({
    name: `en/${shot.name}-dark-${name}`,
    ...{ language: 'en' as const, theme: 'dark' as const },
    ...look,
  })),
];
const isShotWanted = (shot: Shot) => looksOf(shot).some(({ name }) => isWanted(name));

async function takeAll(page: Page, shot: Shot): Promise<number> {
  const looks = looksOf(shot).filter(({ name }) => isWanted(name));
  for (const { name, language, theme, size, interfaceScalePercent } of looks) {
    await page.setViewportSize(size);
    await applyLook(page, { language, theme, interfaceScalePercent });
    await page.mouse.move(0, 0);
    await picturesLoaded(page, name);
    const file = path.join(folder, `${name}.png`);
    await page.screenshot({ path: file });
    const readme = forReadme[name];
    // A picture of an interface needs few colours: a third of the bytes.
    if (readme)
      await sharp(file)
        .png({ palette: true, effort: 10 })
        .toFile(path.join(root, 'docs', readme));
  }
  // The next state is gone to at the usual size.
  if (looks.length > 0) await applyLook(page, { interfaceScalePercent: 100 });
  return looks.length;
}

const picturesDeadlineMs = 60_000;

/** Every picture in sight has come (what has none shows a place for it), and movements have ended. */
async function picturesLoaded(page: Page, name: string): Promise<void> {
  const missing = () =>
    page.evaluate(() => {
      const isInSight = (image: HTMLImageElement) => {
        const { top, bottom, width, height } = image.getBoundingClientRect();
        return width > 0 && height > 0 && bottom > 0 && top < window.innerHeight;
      };
      return [...document.images]
        .filter((image) => isInSight(image) && !(image.complete && image.naturalWidth > 0))
        .map((image) => image.getAttribute('src') ?? 'without an address');
    });
  const endMs = Date.now() + picturesDeadlineMs;
  for (let left = await missing(); left.length > 0; left = await missing()) {
    if (Date.now() > endMs) throw new Error(`${name}: these pictures never came: ${left.join(', ')}`);
    await page.waitForTimeout(100);
  }
  await page.waitForTimeout(250);
}

/** A wait that does not end says which state it was to lead to. */
async function arrange(page: Page, shot: Shot, place: Place): Promise<void> {
  try {
    await shot.arrange(page, place);
  } catch (error) {
    throw new Error(`${shot.name} could not be reached: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

interface Journey {
  shots: readonly Shot[];
  /** On an account that pays, which a second sandbox stands for. */
  isPaying: boolean;
}

const journeys: readonly Journey[] = [
  { shots, isPaying: false },
  { shots: payingShots, isPaying: true },
];

async function goThrough({ shots, isPaying }: Journey, browser: Browser): Promise<void> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'restage-screenshots-'));
  const folders = { profileDir: path.join(home, 'profile'), libraryDir: path.join(home, 'library') };
  const evolink = await startSandbox();
  const env: Environment = isPaying ? { RESTAGE_API_URL: evolink.origin, RESTAGE_FILES_URL: evolink.origin } : {};
  const host = await startBrowserHost(folders, 6, env);
  const context = await browser.newContext({ locale: 'en-US', reducedMotion: 'reduce' });
  try {
    const page = await context.newPage();
    await page.goto(host.address);
    for (const shot of shots) {
      await arrange(page, shot, { ...folders, evolink });
      await page.waitForTimeout(shot.picturesMs ?? 0);
      const taken = await takeAll(page, shot);
      if (taken > 0) process.stdout.write(`${shot.name}: ${taken}\n`);
    }
  } finally {
    await context.close();
    await host.stop();
    await evolink.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  }
}

async function main(): Promise<void> {
  for (const language of languages) mkdirSync(path.join(folder, language), { recursive: true });
  mkdirSync(path.join(root, 'docs'), { recursive: true });
  const browser = await launchBrowser();
  try {
    // A journey of which no picture is wanted is not gone through.
    for (const journey of journeys) if (journey.shots.some(isShotWanted)) await goThrough(journey, browser);
    process.stdout.write(`in ${folder}\n`);
  } finally {
    await browser.close();
  }
}

await main();
