/** The Electron host once the app is ready: profile, page, window and all that is seen of Restage around it. */
import path from 'node:path';
import { app, BrowserWindow, dialog, nativeTheme, powerMonitor, session, shell } from 'electron';
import type { Logger } from '../../services.ts';
import { type FollowedProfile, followProfile } from '../followProfile.ts';
import type { PageBackend } from '../pageBackend.ts';
import { copyReport, showAbout } from './about.ts';
import { installAppProtocol } from './appScheme.ts';
import { denyPermissions } from './denyPermissions.ts';
import { installDragOut } from './dragOut.ts';
import { electronOptions } from './electronOptions.ts';
import { failPage } from './failStart.ts';
import type { HostSettings } from './hostSettings.ts';
import { installIntake } from './intakeChannel.ts';
import { forwardEvents, installCalls } from './ipc.ts';
import { installContextMenus } from './menu/contextMenu.ts';
import { installMenus } from './menu/installMenus.ts';
import type { FileOpener } from './openFiles.ts';
import { showOutside } from './outside.ts';
import { createPageLink, type PageLink } from './pageLink.ts';
import { showWindows } from './showWindows.ts';
import { placeOf, tellOutside } from './tellOutside.ts';
import { watchChildren, watchPage } from './watchPage.ts';
import { grounds } from './window.ts';

interface HostOptions {
  root: string;
  profileDir: string;
  libraryDir: string | null;
  settings: HostSettings;
  logger: Logger;
  opener: FileOpener;
}

export interface Host {
  start(): Promise<void>;
  /** Brings the window to the front, once there is one. */
  show(): void;
  /** Lets go of the profile, also of one that is still being opened. */
  close(): Promise<void>;
}

/** The provider's own pages, which say what its models take. */
const documentationUrl = 'https://docs.evolink.ai/';

export function createHost(options: HostOptions): Host {
  const { root, profileDir, settings, logger, opener } = options;
  let profile: Promise<FollowedProfile> | null = null;
  let show: (() => void) | null = null;
  let isClosing = false;

  async function start(): Promise<void> {
    // Ended before it began.
    if (isClosing) return;
    denyPermissions(session.defaultSession);
    watchChildren(logger);
    const link = createPageLink();
    installContextMenus(() => settings.t());
    installMenus(settings, link, menuActions(options));
    profile = followProfile(electronOptions({ root, profileDir, libraryDir: options.libraryDir }));
    const { backend } = await profile;
    if (isClosing) return;
    followTheme(settings);
    await settings.follow(backend);
    installAppProtocol({ pageFolder: path.join(root, 'out', 'renderer'), backend });
    installCalls(backend);
    installIntake(backend);
    installDragOut(backend);
    show = showPage(options, backend, link);
    opener.begin(backend, link);
    powerMonitor.on('resume', () => void backend.call('app.wake', {}));
    await showOutside(backend, settings);
    await tellOutside(backend, {
      ...{ settings, logger },
      onClick: (news) => {
        show?.();
        link.say(placeOf(news));
      },
    });
  }

  return {
    start,
    show: () => show?.(),
    async close() {
      isClosing = true;
      // A profile that could not be opened has nothing to let go of.
      const opened = await profile?.catch(() => null);
      await opened?.close();
    },
  };
}

function showPage({ root, profileDir, settings, logger }: HostOptions, backend: PageBackend, link: PageLink) {
  return showWindows({
    preload: path.join(root, 'out', 'preload', 'index.cjs'),
    profileDir,
    isPackaged: app.isPackaged,
    onCreated(window) {
      forwardEvents(backend, window.webContents);
      link.watch(window.webContents);
      watchPage(window, settings, logger);
    },
    onLoadFailed: failPage,
  });
}

/** Title bars and the system's dialogs in the theme of the page, and the ground under it. */
function followTheme(settings: HostSettings): void {
  const apply = () => {
    nativeTheme.themeSource = settings.get()?.theme ?? 'system';
    const ground = nativeTheme.shouldUseDarkColors ? grounds.dark : grounds.light;
    for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(ground);
  };
  settings.onChange(apply);
}

function menuActions({ settings, opener, profileDir }: HostOptions) {
  // A dialog that the system does not show, a clipboard that is held: nothing else depends on it.
  const quietly = (work: Promise<unknown>) => void work.catch(() => undefined);
  return {
    about: () => quietly(showAbout(settings)),
    copyReport: () => quietly(copyReport(profileDir)),
    documentation: () => quietly(shell.openExternal(documentationUrl)),
    open: () => quietly(chooseFiles(settings).then(opener.take)),
  };
}

async function chooseFiles(settings: HostSettings): Promise<string[]> {
  const t = settings.t();
  const { filePaths } = await dialog.showOpenDialog({
    title: t('host.choose.title'),
    properties: ['openFile', 'multiSelections'],
  });
  return filePaths;
}
