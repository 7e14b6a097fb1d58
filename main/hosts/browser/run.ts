/** Runs the browser host: the profile, the server, and a window or the printed address, until the window or a signal ends it. */
import fs from 'node:fs';
import path from 'node:path';
import type { Translate } from '../../../shared/i18n/index.ts';
import { createTranslator } from '../../../shared/i18n/index.ts';
import type { AppOptions } from '../../hostTypes.ts';
import { defaultProfileDir } from '../../profile/paths.ts';
import { noSecretBox } from '../../settings/apiKey.ts';
import { pause, startTimer } from '../../storage/clock.ts';
import { makeFolderSync } from '../../storage/makeFolder.ts';
import { cliLanguage, systemLocale } from '../cli/language.ts';
import { followProfile } from '../followProfile.ts';
import { installLastResort } from '../lastResort.ts';
import { openAppWindow } from './appWindow.ts';
import { openLinkCommand, revealCommand, runDesktopCommand } from './desktop.ts';
import { findBrowser, hasDisplay } from './findBrowser.ts';
import { type HostArguments, parseHostArguments } from './hostArguments.ts';
import { watchIdle } from './idleEnd.ts';
import { findRunningHost, forgetRunningHost, type RunningHost, recordRunningHost } from './runningHost.ts';
import { type BrowserServer, startServer } from './server.ts';

interface Surroundings {
  /** The checkout. */
  root: string;
  argv: readonly string[];
}

interface Context {
  root: string;
  profileDir: string;
  locale: string;
  t: Translate;
  /** Null: the address is printed. */
  browser: string | null;
  onError: (error: unknown) => void;
}

export async function runBrowserHost({ root, argv }: Surroundings): Promise<number> {
  let asked: HostArguments;
  try {
    asked = parseHostArguments(argv);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 2;
  }
  const profileDir = path.resolve(asked.profileDir ?? defaultProfileDir());
  const locale = systemLocale(process.env, process.platform);
  const t = createTranslator(cliLanguage(profileDir, locale));
  if (asked.isHelp) return print(t('notices.browserHost.help'));
  if (asked.isVersion) return print(versionOf(root));

  makeFolderSync(profileDir, { mode: 0o700 });
  const onError = installLastResort(profileDir);
  const context = { root, profileDir, locale, t, browser: await browserFor(asked, root, t), onError };
  const running = await findRunningHost(profileDir);
  return running ? showRunning(running, context) : serve(asked, context);
}

async function serve(asked: HostArguments, context: Context): Promise<number> {
  const { root, profileDir, t, onError } = context;
  const profile = await followProfile(appOptions(asked, context));
  if (profile.role === 'forwarded') {
    // The holder may be a browser host that started a moment ago.
    const running = await findRunningHost(profileDir);
    if (running) {
      await profile.close();
      return showRunning(running, context);
    }
    say(t('notices.browserHost.forwarded'));
  }
  const ending = Promise.withResolvers<string>();
  const pages = watchPages(() => ending.resolve('window'));
  const idle = watchIdle({ backend: profile.backend, env: process.env, onIdle: () => ending.resolve('idle') });
  const server = await startServer({
    backend: profile.backend,
    pageFolder: path.join(root, 'out', 'renderer'),
    bridgeFile: path.join(root, 'out', 'browser-client', 'client.js'),
    profileDir,
    onPageCountChanged: (count) => {
      pages.changed(count);
      idle.changed(count);
    },
    onError,
  });
  const record = { origin: server.origin, secret: server.controlSecret };
  recordRunningHost(profileDir, record);
  onSignals((signal) => ending.resolve(signal));
  const window = show(server, context, {
    onEnded: () => ending.resolve('window'),
    onPrinted: idle.start,
    setWatching: pages.setWatching,
  });

  const why = await ending.promise;
  if (why === 'idle') say(t('notices.browserHost.idle'));
  idle.close();
  forgetRunningHost(profileDir, record);
  window?.close();
  await server.close();
  await profile.close();
  return why === 'SIGINT' ? 130 : 0;
}

function appOptions(asked: HostArguments, { root, profileDir, locale }: Context): AppOptions {
  const isDesktop = hasDisplay(process.env, process.platform);
  return {
    profileDir,
    ...(asked.libraryDir === undefined ? {} : { libraryDir: path.resolve(asked.libraryDir) }),
    host: 'browser',
    capabilities: {
      nativeDragOut: false,
      reveal: isDesktop,
      keychain: false,
      chooseFolder: false,
      notifications: false,
    },
    secretBox: noSecretBox,
    selfCommand: { command: process.execPath, args: [path.join(root, 'out', 'node', 'cli.js')] },
    env: process.env,
    locale,
    samplesDir: path.join(root, 'samples'),
    ...(isDesktop
      ? {
          reveal: (file: string) => runDesktopCommand(revealCommand(file, process.platform)),
          openExternal: (url: string) => runDesktopCommand(openLinkCommand(url, process.platform)),
        }
      : {}),
  };
}

/** The browser for a window, or null after saying why the address is printed instead. */
async function browserFor(asked: HostArguments, root: string, t: Translate): Promise<string | null> {
  if (asked.isPrint) return null;
  if (!hasDisplay(process.env, process.platform)) {
    say(t('notices.browserHost.noDisplay'));
    return null;
  }
  const browser = await findBrowser(root, process.env);
  if (browser === null) say(t('notices.browserHost.noBrowser'));
  return browser;
}

/** Long enough for a browser that cannot start to say so. */
const startTimeMs = 1500;

/** A second start: one more window on the app that runs already. */
async function showRunning(running: RunningHost, { browser, profileDir, t }: Context): Promise<number> {
  const handOff = browser === null ? null : await running.handOff();
  if (browser === null || handOff === null) return printAddress((await running.address()) ?? '', t);
  say(t('notices.browserHost.alreadyRunning'));
  const window = openAppWindow({ browser, handOff, profileDir, isDetached: true });
  const ended = await Promise.race([window.ended, pause(startTimeMs).then(() => null)]);
  return ended?.hasStarted === false ? printAddress((await running.address()) ?? '', t) : 0;
}

interface ShowEvents {
  onEnded(): void;
  onPrinted(): void;
  setWatching(on: boolean): void;
}

function show(server: BrowserServer, { browser, profileDir, t }: Context, events: ShowEvents) {
  const printInstead = () => {
    printAddress(server.issueAddress(), t);
    events.onPrinted();
  };
  if (browser === null) {
    printInstead();
    return null;
  }
  say(t('notices.browserHost.window', { browser: path.basename(browser) }));
  const window = openAppWindow({ browser, handOff: server.issueHandOff(), profileDir });
  events.setWatching(true);
  void window.ended.then(({ hasStarted }) => {
    if (hasStarted) return events.onEnded();
    events.setWatching(false);
    say(t('notices.browserHost.windowFailed', { browser: path.basename(browser) }));
    printInstead();
  });
  return window;
}

/** On macOS a browser outlives its last window: when every page has gone for a while, the window was closed. */
function watchPages(onGone: () => void) {
  const graceMs = 5000; // a reload comes back at once
  let isWatching = false;
  let timer: NodeJS.Timeout | undefined;
  return {
    setWatching(on: boolean) {
      isWatching = on;
      clearTimeout(timer);
    },
    changed(count: number) {
      clearTimeout(timer);
      if (isWatching && count === 0) timer = startTimer(onGone, graceMs);
    },
  };
}

/** `on`, not `once`: the settings store's exit hook raises a signal a second time, which must not kill the orderly end. */
function onSignals(listener: (signal: NodeJS.Signals) => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => listener(signal));
}

function versionOf(root: string): string {
  const manifest: unknown = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  return manifest !== null && typeof manifest === 'object' && 'version' in manifest ? String(manifest.version) : '';
}

/** stdout carries the address (or what was asked for) alone; everything else goes to stderr. */
function print(line: string): number {
  process.stdout.write(`${line}\n`);
  return 0;
}

/** It is traded for a cookie by the first browser that opens it; the next one needs a new start. */
function printAddress(address: string, t: Translate): number {
  say(t('notices.browserHost.once'));
  return print(address);
}

function say(line: string): void {
  process.stderr.write(`restage: ${line}\n`);
}
