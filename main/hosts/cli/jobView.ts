/** A job as the CLI shows it: the JSON row, its label, its stage in words. */
import type { Job } from '../../../shared/contract/jobs.ts';
import type { Translate } from '../../../shared/i18n/index.ts';
import { explainJobProblem } from '../../../shared/jobs/jobProblem.ts';
import { isFinal } from '../../../shared/jobs/jobStates.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { needsPerson } from './exitCodes.ts';
import { findText } from './findText.ts';
import type { ProgressItem } from './progress.ts';
import { marks, type Style } from './style.ts';
import { printable } from './table.ts';

export function jobJson(job: Job) {
  return {
    id: job.id,
    order: job.orderName ?? job.orderId,
    orderId: job.orderId,
    state: job.state,
    waitingFor: job.waitingFor,
    nextTryAt: job.nextTryAt,
    account: job.accountId,
    isSandbox: job.isSandbox,
    isHidden: job.isHidden,
    video: job.videoName,
    image: job.imageName,
    recipe: job.recipe,
    plan: job.plan,
    prepared: job.prepared,
    uploads: job.uploads,
    taskId: job.taskId,
    estimate: job.estimate,
    charge: job.charge,
    file: job.file,
    sidecar: job.sidecar,
    libraryItem: job.resultItemId,
    elementId: job.resultElementId,
    problem: job.problem,
    retryOf: job.retryOf,
    createdAt: job.createdAt,
    submittedAt: job.submittedAt,
    finishedAt: job.finishedAt,
  };
}

/** `Ada × dance`, or the element's name and its clip. */
export function jobLabel(job: Job): string {
  if (job.recipe.kind === 'element') return `${job.recipe.name} ← ${stem(job.videoName)}`;
  return `${stem(job.imageName ?? '')} × ${stem(job.videoName)}`;
}

/** The extension tells a person nothing here, and the line is short. */
const stem = (name: string) => name.replace(/(?<=.)\.[a-z0-9]{1,5}$/i, '');

/** Sentences, most telling first; empty when there is no problem. */
function problemTexts(job: Job, t: Translate): string[] {
  const explained = explainJobProblem(job, findText(t));
  if (explained === null) return [];
  return [explained.meaning, explained.words, explained.retry].filter((text) => text !== null);
}

export function stateText(job: Job, t: Translate): string {
  if (isFinal(job.state) || job.waitingFor === null) return t(`jobs.state.${job.state}`);
  return t(`jobs.waiting.${job.waitingFor}.label`);
}

export function jobProgress(job: Job, t: Translate): ProgressItem {
  const tone =
    job.state === 'completed' ? 'good' : isFinal(job.state) ? 'bad' : job.waitingFor === null ? 'busy' : 'waiting';
  const [why] = tone === 'good' ? [] : problemTexts(job, t);
  return {
    id: job.id,
    label: jobLabel(job),
    stage: printable(why === undefined ? stateText(job, t) : `${stateText(job, t)}: ${why}`),
    ratio: tone === 'busy' ? job.stageProgress : null,
    tone,
  };
}

export function paintState(job: Job, style: Style): (text: string) => string {
  if (job.state === 'completed') return style.good;
  if (isFinal(job.state)) return style.bad;
  return job.waitingFor === null ? style.accent : style.warn;
}

/** One block per job: what became of it and where it lies, or what it waits for and who can release it. */
export function jobLines(job: Job, t: Translate, style: Style): string[] {
  const mark = job.state === 'completed' ? marks.good : isFinal(job.state) ? marks.bad : marks.warn;
  const paint = paintState(job, style);
  const head = `${paint(mark)} ${style.bold(printable(jobLabel(job)))}  ${paint(stateText(job, t))}  ${style.dim(job.id)}`;
  const lines = [head];
  if (job.file) lines.push(`  ${printable(job.file)}`);
  if (job.resultElementId) lines.push(`  ${t('cli.jobs.elementId', { id: job.resultElementId })}`);
  const cost = chargeText(job, t);
  if (cost) lines.push(`  ${style.dim(cost)}`);
  const space = spaceText(job, t);
  if (space !== null) lines.push(`  ${space}`);
  if (job.state !== 'completed') lines.push(...problemTexts(job, t).map((text) => `  ${printable(text)}`));
  if (needsPerson(job) && job.waitingFor) {
    const isHeld = job.waitingFor === 'paused' && !job.isPaused;
    const release = t(isHeld ? 'cli.release.held' : `cli.release.${job.waitingFor}`, { id: job.id });
    lines.push(`  ${style.accent(marks.change)} ${release}`);
  } else if (job.state === 'failed' && job.problem?.mayRetry) {
    lines.push(`  ${style.accent(marks.change)} ${t('cli.jobs.mayRetry', { id: job.id })}`);
  }
  return lines;
}

export function chargeText(job: Job, t: Translate): string {
  const { state, credits } = job.charge;
  if (state === 'none' && isFinal(job.state)) return t('cli.charge.none');
  const money = creditsOf(job.isSandbox);
  if (state === 'none') {
    const { low, high } = job.estimate;
    return t('cli.charge.estimate', { credits: low === high ? low : `${low}–${high}`, ...money });
  }
  const { doubt } = job.charge;
  if (doubt) return t(`jobs.doubt.${doubt.kind}`, { raw: doubt.raw, credits: job.estimate.high });
  return credits === null ? t(`cli.charge.${state}Unknown`) : t(`cli.charge.${state}`, { credits, ...money });
}

function spaceText({ space }: Job, t: Translate): string | null {
  if (space === null || space.freeBytes === null) return null;
  return t('jobs.space', { needed: bytesText(space.neededBytes), free: bytesText(space.freeBytes) });
}

const bytesText = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
