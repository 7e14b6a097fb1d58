/** The Electron entry: boot only. What each step does, and which attack it stops, is said in its own file. */
import path from 'node:path';
import { app } from 'electron';
import { registerAppScheme } from './hosts/electron/appScheme.ts';
import { denyNavigation } from './hosts/electron/denyNavigation.ts';
import { denyTransfers } from './hosts/electron/denyTransfers.ts';
import { denyWebviews } from './hosts/electron/denyWebviews.ts';
import { denyWindows } from './hosts/electron/denyWindows.ts';
import { failStart } from './hosts/electron/failStart.ts';
import { createFaultTeller } from './hosts/electron/faults.ts';
import { createHostSettings } from './hosts/electron/hostSettings.ts';
import { installIdentity } from './hosts/electron/identity.ts';
import { installQuitRule } from './hosts/electron/installQuitRule.ts';
import { createFileOpener, filesOf } from './hosts/electron/openFiles.ts';
import { runCliBranch } from './hosts/electron/runCliBranch.ts';
import { readStartArguments } from './hosts/electron/startArguments.ts';
import { createHost } from './hosts/electron/startHost.ts';
import { installLastResort } from './hosts/lastResort.ts';
import { defaultProfileDir } from './profile/paths.ts';
import { createLogger } from './storage/logger.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const asked = readStartArguments(process.argv);
const profileDir = path.resolve(asked.profileDir ?? defaultProfileDir());

if (asked.cli) {
  installLastResort(null);
  void runCliBranch(asked.cli, { root, profileDir });
} else {
  // Chromium's own files have a folder in the profile; the single-instance lock lies there too, so it is one per profile.
  app.setPath('userData', path.join(profileDir, 'electron'));
  if (app.requestSingleInstanceLock()) boot();
  else app.quit();
}

function boot(): void {
  const settings = createHostSettings(() => app.getPreferredSystemLanguages()[0] ?? app.getLocale());
  installLastResort(profileDir, createFaultTeller(settings, profileDir));
  const logger = createLogger(path.join(profileDir, 'logs'), 'restage');
  const opener = createFileOpener();
  const host = createHost({ root, profileDir, libraryDir: asked.libraryDir, settings, logger, opener });
  installQuitRule(host.close, () => logger.warn('quit.late'));
  installIdentity(process.platform);
  const ownPaths = app.isPackaged ? [] : [app.getAppPath(), path.resolve(process.argv[1] ?? '')];
  opener.take(filesOf(process.argv, process.cwd(), ownPaths));
  app.on('second-instance', (_event, argv, folder) => {
    host.show();
    opener.take(filesOf(argv, folder, ownPaths));
  });
  registerAppScheme();
  denyNavigation();
  denyWindows();
  denyWebviews();
  denyTransfers(app);
  app.whenReady().then(host.start).catch(failStart);
}
