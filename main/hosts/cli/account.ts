/** Which account this run orders from, and whether it can: asked before anything is written. */
import type { AccountStatus } from '../../../shared/contract/app.ts';
import { RestageError } from '../../../shared/errors.ts';
import { cliReason } from './cliReason.ts';
import { type CommandContext, callOrThrow } from './context.ts';

export type Provider = 'sandbox' | 'evolink';

export async function chosenProvider(context: CommandContext): Promise<Provider> {
  const flag = context.flags.one('provider');
  if (flag === 'sandbox' || flag === 'evolink') return flag;
  return (await callOrThrow(await context.connect(), 'settings.get', {})).provider;
}

/** Throws refused (field provider) when a real account is chosen and no key is at hand. */
export async function orderingAccount(
  context: CommandContext,
): Promise<{ provider: Provider; account: AccountStatus }> {
  const provider = await chosenProvider(context);
  const account = await callOrThrow(await context.connect(), 'account.refresh', { provider });
  if (!account.isSandbox && !account.key.isPresent) {
    throw new RestageError('refused', {
      reasons: [cliReason('provider', 'keyMissing', { value: provider })],
    });
  }
  return { provider, account };
}
