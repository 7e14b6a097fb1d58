/** "About Restage": versions of everything, to be copied. */
import { app, clipboard, dialog } from 'electron';
import type { HostSettings } from './hostSettings.ts';
import { reportText, versionsText } from './report.ts';

export async function showAbout(settings: HostSettings): Promise<void> {
  const t = settings.t();
  const detail = versionsText();
  const { response } = await dialog.showMessageBox({
    type: 'info',
    message: app.name,
    detail,
    buttons: [t('host.about.copy'), t('host.about.close')],
    defaultId: 1,
    cancelId: 1,
  });
  if (response === 0) await clipboard.writeText(detail);
}

export async function copyReport(profileDir: string): Promise<void> {
  await clipboard.writeText(reportText(profileDir));
}
