/** The checks for people: each input with its facts, what preparing will do, what is wrong and how to put it right. */
import type { Verdict } from '../../../shared/contract/media.ts';
import { valueText } from '../../../shared/rules/limitOverrides.ts';
import type { CheckRow } from './checkInputs.ts';
import type { CommandContext } from './context.ts';
import { imageText, planText, stepsOf, videoText } from './factsText.ts';
import { reasonLines, reasonTexts } from './refusal.ts';
import { marks } from './style.ts';
import { printable } from './table.ts';

export function checkText(context: CommandContext, rows: readonly CheckRow[]): string {
  const { t, style } = context;
  const lines = rows.flatMap((row, index) => (index === 0 ? rowLines(context, row) : ['', ...rowLines(context, row)]));
  if (rows.length > 1) {
    const refusedCount = rows.filter((row) => row.reasons.length > 0).length;
    const text = t('cli.check.summary', { legal: rows.length - refusedCount, refused: refusedCount });
    lines.push('', refusedCount === 0 ? style.good(text) : style.bad(text));
  }
  return `${lines.join('\n')}\n`;
}

function rowLines(context: CommandContext, { path, checked, reasons }: CheckRow): string[] {
  const { t, style } = context;
  const isLegal = reasons.length === 0;
  const mark = isLegal ? style.good(marks.good) : style.bad(marks.bad);
  const lines = [`${mark} ${style.bold(printable(path.given))}`];
  if (checked) {
    const { facts } = checked.input.asset;
    lines.push(`  ${style.dim(facts.kind === 'video' ? videoText(facts, context) : imageText(facts, context))}`);
  }
  for (const reason of reasons)
    lines.push(...reasonLines(reasonTexts({ ...reason, params: withoutGiven(reason.params) }, t), style));
  if (!checked) return lines;
  const { plan, verdicts } = checked.result;
  if (isLegal && plan) {
    lines.push(`  ${style.accent(marks.change)} ${planText(plan, plan.output.predictedBytes, context)}`);
    for (const step of stepsOf(plan)) lines.push(`    ${style.dim(t(`plan.${step.id}`, step.params ?? {}))}`);
  } else if (isLegal) {
    for (const verdict of verdicts.filter(({ state }) => state === 'fixed')) {
      const { value, fix } = reasonTexts(verdict, t);
      lines.push(`  ${style.accent(marks.change)} ${value}${fix ? style.dim(`  ${fix}`) : ''}`);
    }
  }
  for (const { override } of verdicts) {
    if (!override) continue;
    const { name, value, table, date, note } = override;
    const text = t('limits.override', { date, value: valueText(name, value), table: valueText(name, table) });
    lines.push(`  ${style.warn(marks.warn)} ${text}${note ? style.dim(`  ${printable(note)}`) : ''}`);
  }
  return [...lines, ...adviceLines(context, verdicts)];
}

/** What stops nothing and should be known all the same. */
export function adviceLines({ t, style }: CommandContext, verdicts: readonly Verdict[]): string[] {
  return verdicts
    .filter(({ state }) => state === 'warn')
    .map((verdict) => {
      const { value, rule } = reasonTexts(verdict, t);
      return `  ${style.warn(marks.warn)} ${value}  ${style.dim(rule)}`;
    });
}

/** The line above names the file already. */
function withoutGiven(params: Readonly<Record<string, string | number>> | undefined) {
  const { given: _, ...rest } = params ?? {};
  return rest;
}
