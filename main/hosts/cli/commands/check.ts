/** `restage check`: every input against every rule, offline; legal, made legal by preparing, or refused with all reasons. */
import { orientationSchema, presetSchema } from '../../../../shared/contract/media.ts';
import { type Reason, RestageError } from '../../../../shared/errors.ts';
import { blockedReasons, type CheckedInput, checkInput, distinctReasons } from '../checkInputs.ts';
import { checkLines } from '../checkText.ts';
import { type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { type Input, type InputPath, inputPaths, lookAtInput, takeInputs } from '../inputs.ts';
import { reasonTexts, refusalDocument } from '../refusal.ts';

/** What became of one input: checked, or refused before it could be. */
export interface CheckRow {
  path: InputPath;
  checked: CheckedInput | null;
  reasons: Reason[];
}

export async function check(context: CommandContext): Promise<Outcome> {
  const paths = inputPaths(context, ['video', 'image', 'element-clip']);
  const rows = await checkAll(context, paths);
  const reasons = distinctReasons(rows.flatMap((row) => row.reasons));
  const isLegal = reasons.length === 0;
  const checks = rows.map((row) => checkJson(context, row));
  const refusal = isLegal ? {} : refusalDocument({ code: 'refused', reasons }, context.t);
  return {
    exitCode: isLegal ? exitCodes.done : exitCodes.refused,
    json: { ...refusal, isLegal, checks },
    text: checkLines(context, rows),
  };
}

/** One broken input does not keep the others from being checked. */
async function checkAll(context: CommandContext, paths: readonly InputPath[]): Promise<CheckRow[]> {
  const looked = await Promise.all(paths.map(async (path) => ({ path, problem: await lookAtInput(path) })));
  const readable = looked.filter(({ problem }) => problem === null).map(({ path }) => path);
  const taken = readable.length === 0 ? [] : await takeInputs(context, readable);
  const rows: CheckRow[] = [];
  for (const { path, problem } of looked) {
    if (problem) {
      rows.push({ path, checked: null, reasons: [problem] });
      continue;
    }
    const answer = taken.find(({ input }) => input === path);
    if (!answer?.asset) rows.push({ path, checked: null, reasons: answer?.reasons ?? [] });
    else rows.push(await checkOne(context, { ...path, asset: answer.asset }, path, paths.length > 1));
  }
  return rows;
}

async function checkOne(
  context: CommandContext,
  input: Input,
  path: InputPath,
  isOneOfMany: boolean,
): Promise<CheckRow> {
  const settings = await callOrThrow(await context.connect(), 'settings.get', {});
  try {
    const checked = await checkInput(context, input, {
      orientation: orientationSchema.parse(context.flags.one('orientation') ?? 'video'),
      preset: presetSchema.parse(context.flags.one('preset') ?? settings.preset),
    });
    return { path, checked, reasons: blockedReasons(checked, isOneOfMany) };
  } catch (error) {
    // A trim that this clip does not have is this clip's refusal.
    if (error instanceof RestageError && error.code === 'refused')
      return { path, checked: null, reasons: error.reasons };
    throw error;
  }
}

function checkJson(context: CommandContext, { path, checked, reasons }: CheckRow) {
  const { t } = context;
  const isLegal = reasons.length === 0;
  const base = {
    field: path.field,
    input: path.given,
    isLegal,
    reasons: reasons.map((reason) => reasonTexts(reason, t)),
  };
  if (!checked) return { ...base, facts: null, plan: null, verdicts: [] };
  return {
    ...base,
    facts: checked.input.asset.facts,
    plan: checked.result.plan,
    verdicts: checked.result.verdicts.map((verdict) => ({
      ...reasonTexts(verdict, t),
      id: verdict.rule,
      level: verdict.level,
      source: verdict.source,
      state: verdict.state,
    })),
  };
}
