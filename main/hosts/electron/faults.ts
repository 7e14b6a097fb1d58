/** Faults that nothing caught: written to the log by the last resort, said to the person once, with a report to copy. */
import { app, clipboard, dialog } from 'electron';
import type { HostSettings } from './hostSettings.ts';
import { reportText } from './report.ts';

/** Answers what the last resort is to be told to say: the terminal's line, and once in a run a dialog. */
export function createFaultTeller(settings: HostSettings, profileDir: string): (line: string) => void {
  let hasSaid = false;

  async function tell(line: string): Promise<void> {
    await app.whenReady();
    const t = settings.t();
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: t('host.fault.title'),
      detail: t('host.fault.detail', { error: line.trim() }),
      buttons: [t('host.fault.copyReport'), t('host.fault.goOn')],
      defaultId: 1,
      cancelId: 1,
    });
    if (response === 0) await clipboard.writeText(reportText(profileDir));
  }

  return (line) => {
    try {
      process.stderr.write(line);
    } catch {
      // A terminal that is gone must not bring the next exception.
    }
    if (hasSaid) return;
    hasSaid = true;
    // What fails here would only be told the same way.
    tell(line).catch(() => undefined);
  };
}
