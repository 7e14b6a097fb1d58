/** `restage check`: every input against every rule, offline; legal, made legal by preparing, or refused with all reasons. */
import { orientationSchema, presetSchema } from '../../../../shared/contract/media.ts';
import { type CheckRow, checkInputs, reasonsOf, soundTrackOf } from '../checkInputs.ts';
import { checkText } from '../checkText.ts';
import { type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { inputPaths } from '../inputs.ts';
import { reasonTexts, refusalDocument } from '../refusal.ts';

export async function check(context: CommandContext): Promise<Outcome> {
  const paths = inputPaths(context, { video: 'video', image: 'image', 'element-clip': 'elementClip' });
  const rows = await checkInputs(context, paths, async () => {
    const settings = await callOrThrow(await context.connect(), 'settings.get', {});
    return {
      orientation: orientationSchema.parse(context.flags.one('orientation') ?? 'video'),
      preset: presetSchema.parse(context.flags.one('preset') ?? settings.preset),
      ...soundTrackOf(context),
    };
  });
  const reasons = reasonsOf(rows);
  const isLegal = reasons.length === 0;
  const checks = rows.map((row) => checkJson(context, row));
  const refusal = isLegal ? {} : refusalDocument({ code: 'refused', reasons }, context.t);
  return {
    exitCode: isLegal ? exitCodes.done : exitCodes.refused,
    json: { ...refusal, isLegal, checks },
    text: checkText(context, rows),
  };
}

function checkJson({ t }: CommandContext, { path, checked, reasons }: CheckRow) {
  return {
    field: path.field,
    input: path.given,
    isLegal: reasons.length === 0,
    reasons: reasons.map((reason) => reasonTexts(reason, t)),
    facts: checked?.input.asset.facts ?? null,
    plan: checked?.result.plan ?? null,
    verdicts: (checked?.result.verdicts ?? []).map((verdict) => ({
      ...reasonTexts(verdict, t),
      id: verdict.rule,
      level: verdict.level,
      source: verdict.source,
      state: verdict.state,
    })),
  };
}
