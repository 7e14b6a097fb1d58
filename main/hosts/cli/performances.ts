/** `generate --parts`: videos that are too long for one order become parts that are ordered together, and the wait for their join. */
import type { MotionRecipe } from '../../../shared/contract/jobs.ts';
import type { PerformanceView } from '../../../shared/contract/performance.ts';
import { RestageError } from '../../../shared/errors.ts';
import { parseCredits } from '../../../shared/money/pricing.ts';
import type { CheckRow } from './checkInputs.ts';
import { type CommandContext, callOrThrow, type Outcome } from './context.ts';
import { exitCodes } from './exitCodes.ts';
import { orderIdFor } from './orderIdentity.ts';
import type { PricedCell } from './placeOrder.ts';

/** Too long, and nothing else is wrong. */
export const isOnlyTooLong = ({ checked, reasons }: CheckRow): boolean =>
  checked !== null && reasons.length > 0 && reasons.every(({ rule }) => rule === 'clip.durationMax');

/** The parts of one long recipe, back to back. Throws refused where it cannot be split. */
export async function partCells(context: CommandContext, recipe: MotionRecipe): Promise<PricedCell[]> {
  const performanceId = orderIdFor(context.flags.one('order'), recipe);
  const plan = await callOrThrow(await context.connect(), 'performance.plan', {
    ...{ performanceId, recipe, isPatient: true },
  });
  if (plan === null) {
    throw new RestageError('refused', { reasons: [{ field: 'video', rule: 'clip.noParts' }] });
  }
  return plan.parts.map(({ recipe: part, price }, index) => ({
    orderId: `${performanceId}.${index + 1}`,
    recipe: part,
    price: { low: parseCredits(price.low), high: parseCredits(price.high) },
  }));
}

const lookMs = 300;

const isSettled = ({ state }: PerformanceView) => state === 'joined' || state === 'waiting' || state === 'incomplete';

/** Waits until what was ordered in parts is joined, and tells where it lies. The parts alone are not what was asked for. */
export async function withJoined(
  context: CommandContext,
  outcome: Outcome,
  cells: readonly PricedCell[],
): Promise<Outcome> {
  const ids = new Set(
    cells.flatMap(({ recipe }) => (recipe.kind === 'motion' && recipe.part ? [recipe.part.performanceId] : [])),
  );
  if (ids.size === 0 || outcome.exitCode !== exitCodes.done || context.flags.has('detach')) return outcome;
  const connection = await context.connect();
  context.progress.note(context.t('cli.generate.joining'));
  let views: PerformanceView[] = [];
  do {
    if (views.length > 0) await new Promise((resolve) => setTimeout(resolve, lookMs));
    context.signal.throwIfAborted();
    views = (await callOrThrow(connection, 'performances.list', {})).filter(({ id }) => ids.has(id));
  } while (!views.every(isSettled));
  const joined = await Promise.all(
    views.map(async ({ id, state, itemId, trouble }) => {
      const item = itemId === null ? null : await callOrThrow(connection, 'library.get', { id: itemId });
      return { performance: id, state, libraryItem: itemId, file: item?.file ?? null, problem: trouble?.code ?? null };
    }),
  );
  const lines = joined.map(({ file, problem }) =>
    file === null
      ? context.t('cli.generate.notJoined', { problem: problem ?? '–' })
      : context.t('cli.generate.joined', { file }),
  );
  const isWhole = joined.every(({ state }) => state === 'joined');
  return {
    exitCode: isWhole ? outcome.exitCode : exitCodes.needsPerson,
    json: { ...(outcome.json as object), joined },
    text: `${outcome.text}${lines.join('\n')}\n`,
  };
}
