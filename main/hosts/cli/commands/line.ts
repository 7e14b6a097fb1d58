/** `restage line`: tests the line to EvoLink step by step, without a key, and says at which step it ends. */
import { type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { marks } from '../style.ts';
import { printable } from '../table.ts';

export async function line(context: CommandContext): Promise<Outcome> {
  const { t, style } = context;
  const { places } = await callOrThrow(await context.connect(), 'account.testLine', {});
  const isWhole = places.every(({ steps }) =>
    steps.every(({ outcome }) => outcome === 'ok' || outcome === 'notNeeded'),
  );
  const lines = places.flatMap(({ host, proxy, steps }) => [
    style.bold(printable(host)) + (proxy === null ? '' : `  ${printable(t('settings.line.through', { proxy }))}`),
    ...steps
      .filter(({ outcome }) => outcome !== 'notNeeded')
      .map(({ step, outcome, detail }) => {
        const mark = { ok: style.good(marks.good), failed: style.bad(marks.bad), skipped: ' ', notNeeded: ' ' }[
          outcome
        ];
        const rest = outcome === 'skipped' ? t('settings.line.skipped') : (detail ?? '');
        return `  ${mark} ${t(`settings.line.step.${step}`)}  ${printable(rest)}`;
      }),
  ]);
  return {
    exitCode: isWhole ? exitCodes.done : exitCodes.failed,
    json: { places },
    text: `${lines.join('\n')}\n`,
  };
}
