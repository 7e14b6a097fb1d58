/** The Electron entry: boot only. What each step does, and which attack it stops, is said in its own file. */
import path from 'node:path';
import { app, session } from 'electron';
import { installAppProtocol, registerAppScheme } from './hosts/electron/appScheme.ts';
import { denyNavigation } from './hosts/electron/denyNavigation.ts';
import { denyPermissions } from './hosts/electron/denyPermissions.ts';
import { denyTransfers } from './hosts/electron/denyTransfers.ts';
import { denyWebviews } from './hosts/electron/denyWebviews.ts';
import { denyWindows } from './hosts/electron/denyWindows.ts';
import { installDragOut } from './hosts/electron/dragOut.ts';
import { electronOptions } from './hosts/electron/electronOptions.ts';
import { failPage, failStart } from './hosts/electron/failStart.ts';
import { installMenu } from './hosts/electron/installMenu.ts';
import { installQuitRule } from './hosts/electron/installQuitRule.ts';
import { installIntake } from './hosts/electron/intakeChannel.ts';
import { forwardEvents, installCalls } from './hosts/electron/ipc.ts';
import { runCliBranch } from './hosts/electron/runCliBranch.ts';
import { showWindows } from './hosts/electron/showWindows.ts';
import { readStartArguments } from './hosts/electron/startArguments.ts';
import { tellOutside } from './hosts/electron/tellOutside.ts';
import { followProfile } from './hosts/followProfile.ts';
import { installLastResort } from './hosts/lastResort.ts';
import { defaultProfileDir } from './profile/paths.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const asked = readStartArguments(process.argv);
const profileDir = path.resolve(asked.profileDir ?? defaultProfileDir());

installLastResort(asked.cli ? null : profileDir);
if (asked.cli) {
  void runCliBranch(asked.cli, { root, profileDir });
} else {
  // Chromium's own files have a folder in the profile; the single-instance lock lies there too, so it is one per profile.
  app.setPath('userData', path.join(profileDir, 'electron'));
  if (app.requestSingleInstanceLock()) boot();
  else app.quit();
}

function boot(): void {
  registerAppScheme();
  denyNavigation();
  denyWindows();
  denyWebviews();
  denyTransfers(app);
  app.whenReady().then(start).catch(failStart);
}

async function start(): Promise<void> {
  denyPermissions(session.defaultSession);
  installMenu(process.platform);
  const options = electronOptions({ root, profileDir, libraryDir: asked.libraryDir });
  const { backend, close } = await followProfile(options);
  installQuitRule(close);
  installAppProtocol({ pageFolder: path.join(root, 'out', 'renderer'), backend });
  installCalls(backend);
  installIntake(backend);
  installDragOut(backend);
  const preload = path.join(root, 'out', 'preload', 'index.cjs');
  const show = showWindows({
    preload,
    isPackaged: app.isPackaged,
    onCreated: (page) => forwardEvents(backend, page),
    onLoadFailed: failPage,
  });
  await tellOutside(backend, { locale: options.locale, onClick: show });
}
