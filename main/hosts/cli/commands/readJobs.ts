/** `restage jobs list` and `jobs show`: read beside a running app, never changing anything. */
import type { Job } from '../../../../shared/contract/jobs.ts';
import { formatSeconds } from '../../../../shared/time/duration.ts';
import { type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { findJob } from '../findJob.ts';
import { chargeText, jobJson, jobLabel, jobLines, paintState, stateText } from '../jobView.ts';
import { printable, renderTable } from '../table.ts';
import { timeText } from '../timeText.ts';

export async function listJobs(context: CommandContext): Promise<Outcome> {
  const { t, style, io, locale } = context;
  const jobs = await callOrThrow(await context.read(), 'jobs.list', {});
  const newestFirst = jobs.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const shown = newestFirst.filter((job) => !job.isHidden);
  const table = renderTable(
    [
      { header: t('cli.columns.id') },
      { header: t('cli.columns.state') },
      { header: t('cli.columns.job'), mayShrink: true },
      { header: t('cli.columns.order'), mayShrink: true },
      { header: t('cli.columns.recipe') },
      { header: t('cli.columns.credits'), align: 'right' },
      { header: t('cli.columns.created') },
    ],
    shown.map((job) => [
      { text: job.id, paint: style.dim },
      { text: stateText(job, t), paint: paintState(job, style) },
      printable(jobLabel(job)),
      printable(job.orderName ?? ''),
      recipeText(job, context),
      job.charge.credits ?? job.estimate.high,
      { text: timeText(job.createdAt, locale), paint: style.dim },
    ]),
    { width: io.stdout.columns, paintHeader: style.dim },
  );
  const hiddenCount = jobs.length - shown.length;
  const hidden = hiddenCount === 0 ? '' : `${style.dim(t('cli.jobs.hidden', { count: hiddenCount }))}\n`;
  const text = shown.length === 0 && hiddenCount === 0 ? `${t('cli.jobs.none')}\n` : table + hidden;
  return { exitCode: exitCodes.done, json: { jobs: newestFirst.map(jobJson) }, text };
}

export async function showJob(context: CommandContext): Promise<Outcome> {
  const { t, style, locale } = context;
  const reader = await context.read();
  const { id } = await findJob(context, reader);
  const job = await callOrThrow(reader, 'jobs.get', { id });
  const log = await callOrThrow(reader, 'jobs.log', { id });
  const rows: [string, string][] = [
    [t('cli.columns.created'), timeText(job.createdAt, locale)],
    [t('cli.columns.order'), job.orderName ?? '–'],
    [t('cli.columns.recipe'), recipeText(job, context) || '–'],
    [t('cli.columns.credits'), chargeText(job, t)],
    [t('cli.columns.account'), job.accountId],
    [t('cli.columns.task'), job.taskId ?? '–'],
  ];
  if (typeof job.serverVideoSeconds === 'number') {
    rows.push([t('cli.columns.serverLength'), formatSeconds(job.serverVideoSeconds, locale)]);
  }
  if (job.sidecar) rows.push([t('cli.columns.sidecar'), printable(job.sidecar)]);
  if (job.retryOf) rows.push([t('cli.columns.retryOf'), job.retryOf]);
  const facts = renderTable(
    [{ header: '' }, { header: '' }],
    rows.map(([name, value]) => [{ text: `  ${name}`, paint: style.dim }, value]),
    { width: Number.POSITIVE_INFINITY, paintHeader: () => '' },
  ).slice(1);
  const events = log.map(
    ({ at, event, detail }) =>
      `  ${style.dim(timeText(at, locale, 'seconds'))}  ${event}${detail ? style.dim(`  ${printable(detail)}`) : ''}`,
  );
  return {
    exitCode: exitCodes.done,
    json: { job: jobJson(job), log },
    text: `${[...jobLines(job, t, style), '', facts.trimEnd(), '', ...events].join('\n')}\n`,
  };
}

function recipeText({ recipe }: Job, { t }: CommandContext): string {
  if (recipe.kind === 'element') return '';
  return [recipe.quality, recipe.orientation, ...(recipe.keepSound ? [] : [t('cli.facts.noSound')])].join(' · ');
}
