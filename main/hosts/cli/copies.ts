/** Copies for a timeline on the command line: how they are to be, the making with its progress, and what a person has to know of each. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import {
  type ConformAnswer,
  type Conformed,
  type ConformInput,
  type ConformOutcome,
  conformInputSchema,
  conformLimits,
} from '../../../shared/contract/conform.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import { type ErrorData, type Reason, RestageError } from '../../../shared/errors.ts';
import { rateToNumber } from '../../../shared/time/timecode.ts';
import { type CliRule, cliReason } from './cliReason.ts';
import { type CliConnection, type CommandContext, callOrThrow, unwrap } from './context.ts';
import { exitCodeOf, exitCodes } from './exitCodes.ts';
import { sizeText } from './factsText.ts';
import type { ProgressItem } from './progress.ts';
import { reasonLines, reasonTexts } from './refusal.ts';
import { marks } from './style.ts';
import { printable } from './table.ts';

export type Wanted = Pick<LibraryItem, 'id' | 'name'>;
export type CopyOptions = Partial<Record<keyof ConformInput, unknown>>;

export interface CopyTask {
  options: CopyOptions;
  wanted: readonly Wanted[];
  /** As it was typed; undefined: `Conformed` in the library folder. */
  folder: string | undefined;
}

/** The task's id names its copies to `handoff.gather`. */
export async function makeCopies(
  context: CommandContext,
  connection: CliConnection,
  { options, wanted, folder }: CopyTask,
): Promise<{ taskId: string; answer: ConformAnswer }> {
  const taskId = `cli-${randomBytes(8).toString('hex')}`;
  const input = conformInputSchema.parse({ ...options, ids: wanted.map(({ id }) => id), taskId });
  const answer = await follow(context, connection, input, wanted, () =>
    folder === undefined
      ? callOrThrow(connection, 'handoff.conform', input)
      : connection.conformInto(path.resolve(context.io.cwd, folder), input).then(unwrap),
  );
  return { taskId, answer };
}

function refuse(field: string, rule: CliRule, params: Reason['params']): RestageError {
  return new RestageError('refused', { reasons: [cliReason(field, rule, params)] });
}

/** Throws refused for what the table of flags cannot check. */
export function readCopyOptions({ flags }: CommandContext, presetFlag: 'preset' | 'conform'): CopyOptions {
  const size = flags.one('size');
  const sides = size === undefined ? undefined : /^(\d{1,5})[x×](\d{1,5})$/i.exec(size);
  const [width, height] = [Number(sides?.[1]), Number(sides?.[2])];
  const isSize = [width, height].every((side) => side >= 2 && side <= conformLimits.sidePx);
  if (size !== undefined && !isSize) throw refuse('size', 'notASize', { value: size });
  const offset = flags.one('sound-offset-ms');
  const isOffset =
    /^[+-]?\d{1,5}(\.\d{1,3})?$/.test(offset ?? '') && Math.abs(Number(offset)) <= conformLimits.offsetMs;
  if (offset !== undefined && !isOffset)
    throw refuse('sound-offset-ms', 'notMilliseconds', { value: offset, most: conformLimits.offsetMs });
  const given = (name: string) => flags.one(name);
  return {
    preset: flags.required(presetFlag),
    ...(given('rate') === undefined ? {} : { rate: given('rate') }),
    isRestamped: flags.has('restamp'),
    ...(size === undefined ? {} : { size: { width, height } }),
    ...(given('fit') === undefined ? {} : { fit: given('fit') }),
    ...(given('sound') === undefined ? {} : { sound: given('sound') }),
    ...(offset === undefined ? {} : { soundOffsetMs: Number(offset) }),
    isAscii: flags.has('ascii'),
    hasProvenance: flags.has('provenance'),
  };
}

async function follow(
  { progress, t, signal }: CommandContext,
  connection: CliConnection,
  { taskId }: ConformInput,
  wanted: readonly Wanted[],
  run: () => Promise<ConformAnswer>,
): Promise<ConformAnswer> {
  const items = new Map<string, ProgressItem>();
  const stage = t('cli.conform.stage');
  const show = (id: string, ratio: number | null) => {
    const label = wanted.find((item) => item.id === id)?.name ?? id;
    items.set(id, { id, label, stage, ratio, tone: ratio === 1 ? 'good' : 'busy' });
    progress.show([...items.values()]);
  };
  const off = connection.on('handoff.conformProgress', (at) => {
    if (at.taskId === taskId) show(at.id, at.ratio);
  });
  const cancel = () => void connection.call('handoff.conformCancel', { taskId });
  signal.addEventListener('abort', cancel, { once: true });
  try {
    if (signal.aborted) cancel();
    return await run();
  } finally {
    signal.removeEventListener('abort', cancel);
    off();
    progress.end();
  }
}

export function exitCodeOfCopies({ items }: ConformAnswer): number {
  if (items.some(({ state }) => state === 'cancelled')) return exitCodes.interrupted;
  const failed = items.filter((item) => item.state === 'failed');
  if (failed.length === 0) return exitCodes.done;
  return failed.every(({ error }) => exitCodeOf(error as ErrorData) === exitCodes.refused)
    ? exitCodes.refused
    : exitCodes.failed;
}

export function copyLines(context: CommandContext, answer: ConformAnswer, wanted: readonly Wanted[]): string[] {
  const { t, style } = context;
  const nameOf = (id: string) => wanted.find((item) => item.id === id)?.name ?? id;
  const lines = [...answer.items].flatMap((item) => itemLines(context, item, nameOf(item.id)));
  const isStopped = answer.items.some(({ state }) => state === 'cancelled');
  const count = answer.items.filter(({ state }) => state === 'made' || state === 'reused').length;
  if (isStopped) lines.push(`${style.warn(marks.warn)} ${t('cli.conform.cancelled', { count })}`);
  lines.push(style.dim(printable(answer.folder)));
  return lines;
}

function itemLines(context: CommandContext, item: ConformOutcome, name: string): string[] {
  const { t, style } = context;
  switch (item.state) {
    case 'cancelled':
      return [];
    case 'failed': {
      const { error } = item;
      const head = `${style.bad(marks.bad)} ${printable(t('cli.conform.failed', { name }))}`;
      if (error.reasons.length === 0)
        return [`${head}: ${t(`errors.${error.code}.title`)} ${printable(error.detail ?? '')}`.trimEnd()];
      return [head, ...error.reasons.flatMap((reason) => reasonLines(reasonTexts(reason as Reason, t), style))];
    }
    default: {
      const file = path.basename(item.copy.file);
      const title = item.state === 'made' ? style.bold(printable(file)) : printable(t('cli.conform.reused', { file }));
      const head = `${style.good(marks.good)} ${title}  ${factsOf(context, item.copy)}`;
      const notes = item.copy.notes.map(({ id, params }) => t(`conform.notes.${id}`, params ?? {}));
      return [head, ...notes.map((note) => `  ${style.dim(`${marks.change} ${printable(note)}`)}`)];
    }
  }
}

function factsOf({ t, locale }: CommandContext, copy: Conformed): string {
  const rate = Number(rateToNumber(copy.frameRate).toFixed(3));
  const facts = t('cli.conform.facts', { size: `${copy.width}×${copy.height}`, rate, frames: copy.frameCount });
  const timecode = copy.timecode === null ? [] : [t('cli.conform.timecode', { timecode: copy.timecode })];
  return [facts, ...timecode, sizeText(copy.sizeBytes, locale)].join(' · ');
}
