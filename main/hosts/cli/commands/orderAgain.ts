/** `restage library again|promote RESULTS`: the orders of results once more, with what was changed; the price against before is said first. */
import { createHash, randomUUID } from 'node:crypto';
import type { MotionRecipe } from '../../../../shared/contract/jobs.ts';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import type { CheckResult } from '../../../../shared/contract/media.ts';
import { qualitySchema } from '../../../../shared/contract/media.ts';
import { type Reason, RestageError } from '../../../../shared/errors.ts';
import { addRanges } from '../../../../shared/money/pricing.ts';
import { creditsOf } from '../../../../shared/money/testCredits.ts';
import { orderingAccount } from '../account.ts';
import { priceOf } from '../checkInputs.ts';
import { cliReason } from '../cliReason.ts';
import { rangeText } from '../confirmSpending.ts';
import { type CliConnection, type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { findResults } from '../findResults.ts';
import { type PricedCell, placeOrder } from '../placeOrder.ts';
import { printable } from '../table.ts';

interface Again {
  item: LibraryItem;
  before: MotionRecipe;
  recipe: MotionRecipe;
}

const nothing = { low: 0n, high: 0n };

export async function orderAgain(context: CommandContext): Promise<Outcome> {
  const connection = await context.connect();
  const wanted = (await findResults(context, connection)).map((item) => againOf(context, item));
  const reasons = wanted.flatMap((found) => ('rule' in found ? [found] : []));
  if (reasons.length > 0) throw new RestageError('refused', { reasons });
  const again = wanted.flatMap((found) => ('rule' in found ? [] : [found]));
  await sayKept(context, connection, again);
  const takes = Number(context.flags.one('takes') ?? '1');
  const cells: PricedCell[] = [];
  let before = nothing;
  for (const each of again) {
    const price = priceOf(await checkOf(connection, each.recipe, { isHeld: true }));
    const was = priceOf(await checkOf(connection, each.before, { isHeld: false }));
    for (let take = 1; take <= takes; take += 1) {
      cells.push({ orderId: orderIdOf(context, each.item.id, take), recipe: each.recipe, price });
      before = addRanges(before, was);
    }
  }
  const after = cells.reduce((sum, { price }) => addRanges(sum, price), nothing);
  const { account } = await orderingAccount(context);
  const prices = { before: rangeText(before), after: rangeText(after), count: cells.length };
  context.progress.note(context.t('cli.again.prices', { ...prices, ...creditsOf(account.isSandbox) }));
  return placeOrder(context, cells);
}

/** `promote` is 720p in 1080p; `again` takes what the flags say, and the rest as it was. */
function againOf({ flags, command }: CommandContext, item: LibraryItem): Again | Reason {
  const { name } = item;
  if (item.recipe?.kind !== 'motion') return cliReason('results', 'notOrderedHere', { value: name });
  const project = flags.one('project') ?? item.project;
  // The project is the one that the result belongs to by now, if the line names none.
  const recipe = { ...item.recipe, ...(project === null ? {} : { project }) };
  if (command.path[1] === 'promote') {
    if (recipe.quality !== '720p') return cliReason('results', 'isPromoted', { value: name, quality: recipe.quality });
    return { item, before: recipe, recipe: { ...recipe, quality: '1080p' } };
  }
  const quality = flags.one('quality');
  const prompt = flags.one('prompt');
  const changed = {
    ...(quality === undefined ? {} : { quality: qualitySchema.parse(quality) }),
    ...(prompt === undefined ? {} : { prompt }),
  };
  return { item, before: recipe, recipe: { ...recipe, ...changed } };
}

/** A source that is gone has its original in the library; else the order waits for the file, as it always did. */
async function sayKept({ progress, t }: CommandContext, connection: CliConnection, again: readonly Again[]) {
  const ids = new Set(again.flatMap(({ recipe: { videoId, imageId } }) => [videoId, imageId]));
  for (const id of ids) {
    const asset = await connection.call('assets.get', { id });
    if (asset.ok && asset.value.isKeptOriginal)
      progress.note(t('cli.again.kept', { name: printable(asset.value.name) }));
  }
}

/** Throws refused with every reason where it `isHeld` to the rules; notFound where its clip or character is not known here. */
async function checkOf(
  connection: CliConnection,
  recipe: MotionRecipe,
  { isHeld }: { isHeld: boolean },
): Promise<CheckResult> {
  const { kind: _kind, keepSound: _sound, watermark: _mark, project: _project, ...input } = recipe;
  const result = await callOrThrow(connection, 'media.check', input);
  if (!isHeld || result.isLegal) return result;
  const reasons = result.verdicts
    .filter(({ state }) => state === 'blocked')
    .map(({ field, rule, params }) => ({ field, rule, params: params ?? {} }));
  throw new RestageError('refused', { reasons });
}

/** A name, a result and the number of a take are one order for ever; without a name every run is a new one. */
function orderIdOf({ flags, command }: CommandContext, itemId: string, take: number): string {
  const name = flags.one('order');
  if (name === undefined) return `cli-${randomUUID()}`;
  const digest = createHash('sha256')
    .update(JSON.stringify([name.normalize('NFC'), command.path[1], itemId, take]))
    .digest('hex');
  return `cli-order-${digest.slice(0, 40)}`;
}
