/** `restage library rebuild`: the index anew from what lies in the library folder; says what was found, what is missing, what it left alone. */
import { type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { marks } from '../style.ts';
import { printable } from '../table.ts';

export async function rebuildLibrary(context: CommandContext): Promise<Outcome> {
  const { t, style } = context;
  const report = await callOrThrow(await context.connect(), 'library.rebuild', {});
  const { present, missing, moved, damaged, strays } = report;
  const count = (key: string, number: number) => (number === 0 ? [] : [t(`cli.library.${key}`, { count: number })]);
  const lines = [
    `${style.good(marks.good)} ${t('cli.library.present', { count: present })}`,
    ...count('moved', moved).map((text) => `  ${text}`),
    ...count('lost', missing).map((text) => `${style.warn(marks.warn)} ${text}`),
    ...count('damaged', damaged.length).map((text) => `${style.warn(marks.warn)} ${text}`),
    ...damaged.map((file) => `  ${style.dim(printable(file))}`),
    ...count('strays', strays.length).map((text) => `${style.warn(marks.warn)} ${text}`),
    ...strays.map((file) => `  ${style.dim(printable(file))}`),
  ];
  return { exitCode: exitCodes.done, json: report, text: `${lines.join('\n')}\n` };
}
