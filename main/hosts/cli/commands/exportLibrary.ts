/** `restage library export`: results as a timeline, end to end or laid over an edit; the text goes to a file or to stdout. */
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { ConformAnswer } from '../../../../shared/contract/conform.ts';
import { type HandoffFormat, type HandoffOrder, handoffFormats } from '../../../../shared/contract/handoff.ts';
import { resultIdSchema } from '../../../../shared/contract/library.ts';
import { type Reason, RestageError } from '../../../../shared/errors.ts';
import { type LaidOver, layOver } from '../../../../shared/handoff/overlay/layOver.ts';
import { rateName } from '../../../../shared/handoff/timeline.ts';
import { writeTimeline } from '../../../../shared/handoff/write.ts';
import { formatSeconds } from '../../../../shared/time/duration.ts';
import { rateToNumber } from '../../../../shared/time/timecode.ts';
import { createFileSafely, errnoOf, writeFileSafely } from '../../../storage/files.ts';
import { cliReason } from '../cliReason.ts';
import { type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { type CopyOptions, copyLines, exitCodeOfCopies, makeCopies, readCopyOptions } from '../copies.ts';
import { readEdit } from '../editFile.ts';
import { exitCodes } from '../exitCodes.ts';
import { copyFlags } from '../flagSpecs.ts';
import { folderReason, isSameFile } from '../inputs.ts';
import { reasonLines, reasonTexts } from '../refusal.ts';
import { marks } from '../style.ts';
import { printable } from '../table.ts';

/** What one call of the contract takes. */
const mostResults = 1000;

export async function exportLibrary(context: CommandContext): Promise<Outcome> {
  const { flags, io } = context;
  const resolved = (flag: string) => {
    const given = flags.one(flag);
    return given === undefined ? null : path.resolve(io.cwd, given);
  };
  const [out, over] = [resolved('out'), resolved('over')];
  await requireUsable(context, out, over);
  const options = copyOptionsOf(context);
  const ids = await idsOf(context);
  const copies = options === null ? null : await copiesOf(context, ids, options);
  if (copies && copies.exitCode !== exitCodes.done)
    return { exitCode: copies.exitCode, json: { copies: copies.answer }, text: `${copies.lines.join('\n')}\n` };
  return over === null
    ? exportTimeline(context, { ids, copies }, out)
    : exportOver(context, { ids, copies }, { over, out });
}

interface Copies {
  taskId: string;
  answer: ConformAnswer;
  lines: string[];
  exitCode: number;
}

/** What is handed over: the results themselves, or copies that were made of them. */
interface Handed {
  ids: string[];
  copies: Copies | null;
}

/** Null: the timeline names the results. Throws refused for a flag of copies without copies. */
function copyOptionsOf(context: CommandContext): CopyOptions | null {
  const { flags } = context;
  if (flags.one('conform') !== undefined) return readCopyOptions(context, 'conform');
  const stray = ['copies', ...copyFlags.map(({ name }) => name)].find((name) => flags.has(name));
  if (stray !== undefined) throw refusedWith(cliReason(stray, 'needsConform', { value: `--${stray}` }));
  return null;
}

/** A copy that cannot be made ends it: a timeline of some of them would be taken for the whole. */
async function copiesOf(context: CommandContext, ids: string[], options: CopyOptions): Promise<Copies> {
  const connection = await context.connect();
  const unique = [...new Set(ids)];
  const wanted = await Promise.all(unique.map((id) => callOrThrow(connection, 'library.get', { id })));
  const folder = context.flags.one('copies');
  const { taskId, answer } = await makeCopies(context, connection, { options, wanted, folder });
  return { taskId, answer, lines: copyLines(context, answer, wanted), exitCode: exitCodeOfCopies(answer) };
}

const ofCopies = ({ copies }: Handed) => (copies === null ? {} : { copiesOf: [copies.taskId] });
const copiesJson = ({ copies }: Handed) => (copies === null ? {} : { copies: copies.answer });

async function exportTimeline(context: CommandContext, handed: Handed, out: string | null): Promise<Outcome> {
  const { flags, t, locale } = context;
  const format = flags.required('format') as HandoffFormat;
  const name = flags.one('title');
  const input = {
    ...{ ids: handed.ids, as: 'timeline' as const },
    ...{ ...(name === undefined ? {} : { name }), ...ofCopies(handed) },
  };
  const { timeline } = await callOrThrow(await context.connect(), 'handoff.gather', input);
  if (!timeline) throw new RestageError('internal', { detail: 'no timeline was gathered' });
  const written = writeTimeline(format, timeline);
  const frames = timeline.clips.reduce((sum, { inFrames, outFrames, media }) => {
    return sum + ((outFrames - inFrames) * rateToNumber(timeline.rate)) / rateToNumber(media.rate);
  }, 0);
  const text = t('cli.handoff.written', {
    count: timeline.clips.length,
    seconds: formatSeconds(frames / rateToNumber(timeline.rate), locale),
    rate: rateName(timeline.rate),
  });
  return deliver(context, {
    written,
    out,
    lines: [text, ...(handed.copies?.lines ?? [])],
    json: { format, timeline, ...copiesJson(handed) },
  });
}

async function exportOver(
  context: CommandContext,
  handed: Handed,
  { over, out }: { over: string; out: string | null },
): Promise<Outcome> {
  const edit = await readEdit(over);
  const { orders } = await callOrThrow(await context.connect(), 'handoff.gather', {
    ...{ ids: handed.ids, as: 'orders' },
    ...ofCopies(handed),
  });
  const laid = layOver(edit, orders);
  const given = context.flags.one('format');
  if (given !== undefined && given.replace('-premiere', '') !== laid.format)
    throw refusedWith(cliReason('format', 'formatIsEdits', { value: given, found: laid.format }));
  const { text: written, places, left, format } = laid;
  const lines = [...laidLines(context, laid, orders), ...(handed.copies?.lines ?? [])];
  return deliver(context, { written, out, lines, json: { format, places, left, ...copiesJson(handed) } });
}

function laidLines({ t, style, locale }: CommandContext, { places, left }: LaidOver, orders: HandoffOrder[]): string[] {
  const lines = [t('cli.handoff.laid', { count: places.length })];
  for (const place of places) {
    const params = {
      at: place.recordTimecode,
      where: place.where,
      name: printable(place.name),
      seconds: formatSeconds(place.lengthFrames / rateToNumber(place.rate), locale),
    };
    lines.push(`  ${place.isCut ? t('cli.handoff.placeCut', params) : t('cli.handoff.place', params)}`);
  }
  if (left.length === 0) return lines;
  lines.push(`${style.warn(marks.warn)} ${t('cli.handoff.left', { count: left.length })}`);
  for (const { itemId, reason } of left) {
    lines.push(`  ${printable(orders.find((order) => order.itemId === itemId)?.name ?? itemId)}`);
    lines.push(...reasonLines(reasonTexts(reason, t), style));
  }
  return lines;
}

const refusedWith = (...reasons: Reason[]) => new RestageError('refused', { reasons });

/** All that could stop the file from being written or the edit from being read, looked at before the work starts. */
async function requireUsable(context: CommandContext, out: string | null, over: string | null): Promise<void> {
  const { flags } = context;
  if (over === null && !handoffFormats.includes(flags.required('format') as HandoffFormat))
    throw new RestageError('internal', { detail: 'format was not checked' });
  if (out === null) return;
  const reason = await outReason(context, out, over);
  if (reason) throw refusedWith(reason);
}

async function outReason({ flags }: CommandContext, out: string, over: string | null): Promise<Reason | null> {
  const value = flags.required('out');
  if (/[\\/]$/.test(value)) return cliReason('out', 'outputIsFolder', { value });
  const folderProblem = await folderReason(path.dirname(out), 'out');
  if (folderProblem) return folderProblem;
  const existing = await lstat(out).catch(() => null);
  if (!existing) return null;
  if (existing.isDirectory()) return cliReason('out', 'outputIsFolder', { value });
  if (over !== null && (await isSameFile(out, over))) return cliReason('out', 'outputIsEdit', { value });
  return flags.has('yes') ? null : cliReason('out', 'outputExists', { value });
}

/** Words that are all ids are meant as such, in their order; anything else is a search, whose oldest result comes first. */
async function idsOf(context: CommandContext): Promise<string[]> {
  const { positionals } = context;
  const reader = await context.read();
  const value = positionals.join(' ');
  const words = value.split(/\s+/).filter(Boolean);
  const isId = async (id: string) =>
    resultIdSchema.safeParse(id).success && (await reader.call('library.get', { id })).ok;
  const known = await Promise.all(words.slice(0, mostResults + 1).map(isId));
  if (words.length > mostResults && known.every(Boolean)) throw tooMany(words.length);
  if (words.length > 0 && known.every(Boolean)) return words;
  const page = await callOrThrow(reader, 'library.list', { query: value, limit: mostResults, after: null });
  // A search that is understood in part would hand over what nobody asked for.
  const wrong = page.problems.map(({ from, to, rule, params }) =>
    cliReason('results', 'queryWrong', {
      value: value.slice(from, to),
      why: context.t(`libraryQuery.${rule}`, params),
    }),
  );
  if (wrong.length > 0) throw refusedWith(...wrong);
  if (page.next !== null) throw tooMany(`> ${mostResults}`);
  if (page.items.length === 0) throw refusedWith(cliReason('results', 'noResults', { value }));
  return page.items.map(({ id }) => id).reverse();
}

const tooMany = (value: number | string) =>
  refusedWith(cliReason('results', 'tooManyResults', { value, max: mostResults }));

interface Delivery {
  written: string;
  out: string | null;
  lines: string[];
  json: Record<string, unknown>;
}

/** Without a file the timeline itself is the answer. */
async function deliver(context: CommandContext, { written, out, lines, json }: Delivery): Promise<Outcome> {
  const { style } = context;
  if (out === null) return { exitCode: exitCodes.done, json: { ...json, text: written }, text: written };
  context.signal.throwIfAborted();
  await writeOut(context, out, written);
  const head = `${style.good(marks.good)} ${style.bold(printable(path.basename(out)))}  ${lines[0] ?? ''}`;
  const text = [head, `  ${printable(out)}`, ...lines.slice(1)];
  return { exitCode: exitCodes.done, json: { file: out, ...json }, text: `${text.join('\n')}\n` };
}

async function writeOut(context: CommandContext, out: string, written: string): Promise<void> {
  if (context.flags.has('yes')) return writeFileSafely(out, written);
  try {
    await createFileSafely(out, written, 'restage');
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    throw refusedWith(cliReason('out', 'outputExists', { value: context.flags.required('out') }));
  }
}
