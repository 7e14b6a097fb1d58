/** Says in a dialog why the app cannot start or its page cannot be shown: a window that never comes, or stays empty, would say nothing. */
import { app, dialog } from 'electron';
import { toErrorData } from '../../../shared/errors.ts';
import { createTranslator, languageOf } from '../../../shared/i18n/index.ts';
import { refusalText } from '../cli/refusal.ts';
import { styleFor } from '../cli/style.ts';

export function failStart(error: unknown): void {
  sayFailure(error);
  app.exit(1);
}

/** Ends in order: jobs and profile are fine. */
export function failPage(error: unknown): void {
  sayFailure(error);
  app.quit();
}

function sayFailure(error: unknown): void {
  const t = createTranslator(languageOf(app.getLocale()));
  const plain = styleFor({ write: () => {}, isTerminal: false, columns: 80 }, {});
  const text = refusalText(toErrorData(error), t, plain);
  process.stderr.write(text);
  dialog.showErrorBox(t('notices.startFailed'), text);
}
