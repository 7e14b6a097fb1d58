/** Looks at every input of a command, takes it in and asks the app about it: one row each, with all that is wrong. */
import type { CommandInput } from '../../../shared/contract/index.ts';
import type { Asset, CheckResult, Crop, ImageEdit, Trim, VideoFacts } from '../../../shared/contract/media.ts';
import { type Reason, RestageError } from '../../../shared/errors.ts';
import { type CreditRange, parseCredits } from '../../../shared/money/pricing.ts';
import { type ClipTarget, clipTargetFor } from '../../../shared/rules/limits.ts';
import { type CommandContext, callOrThrow } from './context.ts';
import { resolveCrop } from './crop.ts';
import { imageEditOf } from './imageEdit.ts';
import { type Input, type InputPath, lookAtInput, takeInputs } from './inputs.ts';
import { resolveTrim } from './time.ts';

export interface CheckedInput {
  input: Input;
  trim: Trim | undefined;
  crop: Crop | undefined;
  imageEdit: ImageEdit | undefined;
  result: CheckResult;
}

/** What became of one input: checked, or refused before it could be. */
export interface CheckRow {
  path: InputPath;
  checked: CheckedInput | null;
  /** Empty: legal, or made legal by preparing. */
  reasons: Reason[];
}

export type CheckFields = Omit<
  CommandInput<'media.check'>,
  'videoId' | 'imageId' | 'elementClipId' | 'trim' | 'crop' | 'imageEdit'
>;

/** Which sound of the clips is wanted; the parser has seen that it is a number. */
export function soundTrackOf({ flags }: CommandContext): { soundTrack?: number } {
  const number = flags.one('sound-track');
  return number === undefined ? {} : { soundTrack: Number(number) };
}

/** One broken input does not keep the others from being checked; when all are broken the app is not even opened. */
export async function checkInputs(
  context: CommandContext,
  paths: readonly InputPath[],
  fieldsFor: () => Promise<CheckFields>,
): Promise<CheckRow[]> {
  const problems = await Promise.all(paths.map(lookAtInput));
  const readable = paths.filter((_, index) => !problems[index]);
  const taken = readable.length === 0 ? [] : await takeInputs(context, readable);
  const fields = readable.length === 0 ? {} : await fieldsFor();
  const rows: CheckRow[] = [];
  for (const [index, path] of paths.entries()) {
    const problem = problems[index];
    const answer = taken.find(({ input }) => input === path);
    if (problem) rows.push({ path, checked: null, reasons: [problem] });
    else if (!answer?.asset) rows.push({ path, checked: null, reasons: answer?.reasons ?? [] });
    else {
      const isOneOfMany = paths.some((other) => other !== path && other.field === path.field);
      rows.push(await checkOne(context, { ...path, asset: answer.asset }, { path, fields, isOneOfMany }));
    }
  }
  return rows;
}

/** Every reason of every input, each told once. */
export function reasonsOf(rows: readonly CheckRow[]): Reason[] {
  const reasons = rows.flatMap((row) => row.reasons);
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}

/** The checked inputs of a command that goes on only when all are legal. Throws refused with every reason. */
export function requireLegal(rows: readonly CheckRow[], more: readonly Reason[] = []): CheckedInput[] {
  const reasons = [...reasonsOf(rows), ...more];
  if (reasons.length > 0) throw new RestageError('refused', { reasons });
  return rows.flatMap(({ checked, path }) => {
    if (checked?.result.isLegal) return [checked];
    // Illegal without a reason would be a fault of ours; it must not be ordered all the same.
    throw new RestageError('internal', { detail: `refused without a reason: ${path.given}` });
  });
}

interface OneCheck {
  path: InputPath;
  fields: CheckFields;
  isOneOfMany: boolean;
}

async function checkOne(
  context: CommandContext,
  input: Input,
  { path, fields, isOneOfMany }: OneCheck,
): Promise<CheckRow> {
  const { asset } = input;
  const target = path.role === 'elementClip' ? 'element' : clipTargetFor(fields.orientation ?? 'video');
  let trim: Trim | undefined;
  try {
    trim = asset.facts.kind === 'video' ? trimOf(context, asset.facts, target) : undefined;
  } catch (error) {
    // A trim that this clip does not have is this clip's refusal.
    if (!(error instanceof RestageError) || error.code !== 'refused') throw error;
    return { path, checked: null, reasons: error.reasons };
  }
  const crop = asset.facts.kind === 'video' ? resolveCrop(asset.facts, context.flags.one('crop')) : undefined;
  const imageEdit = asset.facts.kind === 'image' ? imageEditOf(context.flags, asset.facts) : undefined;
  const result = await callOrThrow(await context.connect(), 'media.check', {
    ...fields,
    ...idField(path, asset),
    ...(trim === undefined ? {} : { trim }),
    ...(crop === undefined ? {} : { crop }),
    ...(imageEdit === undefined ? {} : { imageEdit }),
  });
  const checked = { input, trim, crop, imageEdit, result };
  return { path, checked, reasons: blockedReasons(checked, isOneOfMany) };
}

/** The trim in this clip's own frames. Throws refused with the flag that is wrong. */
function trimOf(context: CommandContext, facts: VideoFacts, target: ClipTarget): Trim | undefined {
  const from = context.flags.one('from');
  const to = context.flags.one('to');
  const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  return resolveTrim(facts, range, target);
}

function idField({ role }: InputPath, { id }: Asset) {
  if (role === 'image') return { imageId: id };
  return role === 'elementClip' ? { elementClipId: id } : { videoId: id };
}

/** Told under the flag the input was given with; of several inputs of one flag, with the path. */
function blockedReasons({ input, result }: CheckedInput, isOneOfMany: boolean): Reason[] {
  const media = ['video', 'image', 'elementClip', 'clip', 'file'];
  return result.verdicts
    .filter((verdict) => verdict.state === 'blocked')
    .map(({ field, rule, params }) => {
      const isAboutInput = media.includes(field);
      return {
        field: isAboutInput ? input.field : field,
        rule,
        params: { ...params, ...(isAboutInput && isOneOfMany ? { given: input.given } : {}) },
      };
    });
}

export function priceOf(result: CheckResult): CreditRange {
  if (result.price === null) return { low: 0n, high: 0n };
  return { low: parseCredits(result.price.low), high: parseCredits(result.price.high) };
}
