/** Asks the app about every input of a command and sorts the answers: facts, verdicts, plan, price, refusals. */
import type { CommandInput } from '../../../shared/contract/index.ts';
import type { Asset, CheckResult, Trim, VideoFacts } from '../../../shared/contract/media.ts';
import { type Reason, RestageError } from '../../../shared/errors.ts';
import { type ClipTarget, clipTargetFor } from '../../../shared/limits.ts';
import { type CreditRange, parseCredits } from '../../../shared/pricing.ts';
import { type CommandContext, callOrThrow } from './context.ts';
import type { Input } from './inputs.ts';
import { resolveTrim } from './time.ts';

export interface CheckedInput {
  input: Input;
  trim: Trim | undefined;
  result: CheckResult;
}

type CheckFields = Omit<CommandInput<'media.check'>, 'videoId' | 'imageId' | 'elementClipId' | 'trim'>;

/** The trim in this clip's own frames. Throws refused with the flag that is wrong. */
function trimOf(context: CommandContext, facts: VideoFacts, target: ClipTarget): Trim | undefined {
  const from = context.flags.one('from');
  const to = context.flags.one('to');
  const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  return resolveTrim(facts, range, target);
}

export async function checkInput(context: CommandContext, input: Input, fields: CheckFields): Promise<CheckedInput> {
  const connection = await context.connect();
  const { asset } = input;
  const target = input.field === 'element-clip' ? 'element' : clipTargetFor(fields.orientation ?? 'video');
  const trim = asset.facts.kind === 'video' ? trimOf(context, asset.facts, target) : undefined;
  const result = await callOrThrow(connection, 'media.check', {
    ...fields,
    ...idField(input.field, asset),
    ...(trim === undefined ? {} : { trim }),
  });
  return { input, trim, result };
}

function idField(field: string, asset: Asset) {
  if (field === 'image') return { imageId: asset.id };
  return field === 'element-clip' ? { elementClipId: asset.id } : { videoId: asset.id };
}

/** Told under the flag the input was given with; of several inputs of one flag, with the path. */
export function blockedReasons({ input, result }: CheckedInput, isOneOfMany = false): Reason[] {
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

/** Throws refused with every blocked rule of every input, each told once. */
export function requireLegal(checked: readonly CheckedInput[]): void {
  const isOneOfMany = ({ input }: CheckedInput) =>
    checked.some((other) => other.input !== input && other.input.field === input.field);
  const reasons = distinctReasons(checked.flatMap((each) => blockedReasons(each, isOneOfMany(each))));
  if (reasons.length > 0) throw new RestageError('refused', { reasons });
  // Illegal without a blocked rule would be a fault of ours; it must not be ordered all the same.
  const silent = checked.find(({ result }) => !result.isLegal);
  if (silent) throw new RestageError('internal', { detail: `refused without a reason: ${silent.input.given}` });
}

export function distinctReasons(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}

export function priceOf(result: CheckResult): CreditRange {
  if (result.price === null) return { low: 0n, high: 0n };
  return { low: parseCredits(result.price.low), high: parseCredits(result.price.high) };
}
