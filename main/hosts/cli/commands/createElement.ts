/** `restage element create`: a clip of a face becomes a custom element of the account. */
import type { ElementRecipe } from '../../../../shared/contract/jobs.ts';
import { checkInputs, priceOf, requireLegal } from '../checkInputs.ts';
import { type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { inputPaths } from '../inputs.ts';
import { orderIdFor } from '../orderIdentity.ts';
import { placeOrder } from '../placeOrder.ts';

export async function createElement(context: CommandContext): Promise<Outcome> {
  const { flags } = context;
  const callbackUrl = flags.one('callback-url');
  const callback = callbackUrl === undefined ? {} : { callbackUrl };
  const presetOf = async () => (await callOrThrow(await context.connect(), 'settings.get', {})).preset;
  // The clip is judged as an element's, and told of under the flag it was given with.
  const paths = inputPaths(context, { video: 'elementClip' });
  const rows = await checkInputs(context, paths, async () => ({ preset: await presetOf(), ...callback }));
  const checked = requireLegal(rows);
  const preset = await presetOf();
  const cells = checked.map(({ input, trim, crop, result }) => {
    const recipe: ElementRecipe = {
      kind: 'element',
      videoId: input.asset.id,
      name: flags.required('name'),
      description: flags.required('description'),
      preset,
      ...(trim === undefined ? {} : { trim }),
      ...(crop === undefined ? {} : { crop }),
      ...callback,
    };
    return { orderId: orderIdFor(flags.one('order'), recipe), recipe, price: priceOf(result) };
  });
  return placeOrder(context, cells);
}
