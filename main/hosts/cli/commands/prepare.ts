/** `restage prepare`: the file that would be sent, made offline and written where the person says. */
import { randomBytes } from 'node:crypto';
import { lstat, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { orientationSchema, type Prepared, presetSchema } from '../../../../shared/contract/media.ts';
import { type Reason, RestageError } from '../../../../shared/errors.ts';
import { clipTargetFor } from '../../../../shared/rules/limits.ts';
import { flushFolder } from '../../../storage/files.ts';
import { type CheckedInput, checkInputs, requireLegal, soundTrackOf } from '../checkInputs.ts';
import { adviceLines } from '../checkText.ts';
import { type CliRule, cliReason } from '../cliReason.ts';
import { type CommandContext, callOrThrow, errorFromData, type Outcome, unwrap } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { planText, stepsOf } from '../factsText.ts';
import { folderReason, type Input, inputPaths, isSameFile } from '../inputs.ts';
import { marks } from '../style.ts';
import { printable } from '../table.ts';

export async function prepare(context: CommandContext): Promise<Outcome> {
  const { flags, t, style, io } = context;
  const paths = inputPaths(context, { video: 'video' });
  const output = path.resolve(io.cwd, flags.required('output'));
  const outputProblem = await outputReason(context, output, paths[0]?.absolute ?? '');
  const rows = await checkInputs(context, paths, () => checkFields(context));
  const [checked] = requireLegal(rows, outputProblem ? [outputProblem] : []);
  if (!checked) throw new RestageError('internal', { detail: 'prepare without an input' });
  const prepared = await makePrepared(context, checked);
  const written = await writeOutput(context, prepared.id, output);
  const text = [
    `${style.good(marks.good)} ${style.bold(printable(path.basename(output)))}  ${planText(prepared.plan, written.sizeBytes, context)}`,
    `  ${printable(output)}`,
  ];
  for (const step of stepsOf(prepared.plan))
    text.push(`  ${style.dim(`${marks.change} ${t(`plan.${step.id}`, step.params ?? {})}`)}`);
  text.push(...adviceLines(context, checked.result.verdicts));
  return {
    exitCode: exitCodes.done,
    json: {
      file: output,
      sizeBytes: written.sizeBytes,
      sha256: written.sha256,
      plan: prepared.plan,
      prepared: { id: prepared.id, sha256: prepared.sha256 },
    },
    text: `${text.join('\n')}\n`,
  };
}

async function checkFields(context: CommandContext) {
  const { flags, connect } = context;
  const settings = await callOrThrow(await connect(), 'settings.get', {});
  return {
    orientation: orientationSchema.parse(flags.one('orientation') ?? 'video'),
    preset: presetSchema.parse(flags.one('preset') ?? settings.preset),
    ...soundTrackOf(context),
  };
}

async function makePrepared(context: CommandContext, { input, trim, crop }: CheckedInput): Promise<Prepared> {
  const { progress, t, signal } = context;
  const connection = await context.connect();
  const { orientation, ...fields } = await checkFields(context);
  const order = {
    assetId: input.asset.id,
    target: clipTargetFor(orientation),
    ...fields,
    ...(trim === undefined ? {} : { trim }),
    ...(crop === undefined ? {} : { crop }),
  };
  const show = (ratio: number | null) =>
    progress.show([
      { id: input.asset.id, label: input.asset.name, stage: t('jobs.state.preparing'), ratio, tone: 'busy' },
    ]);
  const unsubscribe = connection.on('media.prepareProgress', ({ assetId, ratio }) => {
    if (assetId === input.asset.id) show(ratio);
  });
  const cancel = () => void connection.call('prepared.cancel', order);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    show(null);
    return await callOrThrow(connection, 'prepared.make', order);
  } catch (error) {
    throw await withInput(error, input);
  } finally {
    signal.removeEventListener('abort', cancel);
    unsubscribe();
    progress.end();
  }
}

/** What went wrong with the source is told under the flag; a tool that failed because its source went away is not the tool's fault. */
async function withInput(error: unknown, input: Input): Promise<unknown> {
  if (!(error instanceof RestageError) || error.code === 'cancelled') return error;
  const isGone = await stat(input.absolute).then(
    () => false,
    () => true,
  );
  if (isGone && error.code !== 'sourceMissing') {
    const params = { given: input.given, name: input.asset.name, path: input.absolute };
    return new RestageError('sourceMissing', { reasons: [{ field: 'video', rule: 'source.missing', params }] });
  }
  const reasons = error.reasons.map((reason) => (reason.field === 'file' ? { ...reason, field: input.field } : reason));
  return errorFromData({ ...error.toData(), reasons });
}

/** All that could stop the file from being written, looked at before the work starts. */
async function outputReason(context: CommandContext, output: string, source: string): Promise<Reason | null> {
  const given = context.flags.required('output');
  const reason = (rule: CliRule) => cliReason('output', rule, { value: given });
  if (/[\\/]$/.test(given)) return reason('outputIsFolder');
  const folderProblem = await folderReason(path.dirname(output), 'output');
  if (folderProblem) return folderProblem;
  const existing = await lstat(output).catch(() => null);
  if (!existing) return null;
  if (existing.isDirectory()) return reason('outputIsFolder');
  if (await isSameFile(output, source)) return reason('outputIsSource');
  return context.flags.has('yes') ? null : reason('outputExists');
}

/** A file that exists is replaced only in the last step, when the new one lies complete beside it. */
async function writeOutput(context: CommandContext, preparedId: string, output: string) {
  const connection = await context.connect();
  const isReplacing = (await lstat(output).catch(() => null)) !== null;
  const target = isReplacing
    ? path.join(path.dirname(output), `.${path.basename(output).slice(0, 60)}.${randomBytes(4).toString('hex')}.new`)
    : output;
  if (isReplacing && !context.flags.has('yes')) {
    const params = { value: context.flags.required('output') };
    throw new RestageError('refused', { reasons: [cliReason('output', 'outputExists', params)] });
  }
  context.signal.throwIfAborted();
  const written = unwrap(await connection.copyPrepared(preparedId, target));
  if (!isReplacing) return written;
  try {
    await rename(target, output);
    await flushFolder(path.dirname(output));
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
  return written;
}
