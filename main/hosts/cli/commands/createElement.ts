/** `restage element create`: a clip of a face becomes a custom element of the account. */
import type { ElementRecipe } from '../../../../shared/contract/jobs.ts';
import { prices } from '../../../../shared/pricing.ts';
import { checkInput, requireLegal } from '../checkInputs.ts';
import { type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { inputPaths, requireInputs } from '../inputs.ts';
import { orderIdFor } from '../orderIdentity.ts';
import { placeOrder } from '../placeOrder.ts';

export async function createElement(context: CommandContext): Promise<Outcome> {
  const { flags } = context;
  const paths = inputPaths(context, ['video']);
  const inputs = await requireInputs(context, paths);
  const settings = await callOrThrow(await context.connect(), 'settings.get', {});
  const callbackUrl = flags.one('callback-url');
  const cells = [];
  for (const input of inputs) {
    // The clip is judged as an element's, and told of under the flag it was given with.
    const checked = await checkInput(
      context,
      { ...input, field: 'element-clip' },
      { preset: settings.preset, ...(callbackUrl === undefined ? {} : { callbackUrl }) },
    );
    requireLegal([{ ...checked, input }]);
    const recipe: ElementRecipe = {
      kind: 'element',
      videoId: input.asset.id,
      name: flags.required('name'),
      description: flags.required('description'),
      preset: settings.preset,
      ...(checked.trim === undefined ? {} : { trim: checked.trim }),
      ...(callbackUrl === undefined ? {} : { callbackUrl }),
    };
    const price = { low: prices.element, high: prices.element };
    cells.push({ orderId: orderIdFor(flags.one('order'), recipe), recipe, price });
  }
  return placeOrder(context, cells);
}
