/** Which account this run orders from, and whether it can: asked before anything is written. */
import type { AccountStatus } from '../../../shared/contract/app.ts';
import { RestageError } from '../../../shared/errors.ts';
import { isKeyForm, malformedKey } from '../../accounts/keyForm.ts';
import { cliReason } from './cliReason.ts';
import { type CommandContext, callOrThrow } from './context.ts';

export type Provider = 'sandbox' | 'evolink';

/** A key that no header can hold is named as such: sent, it would fail as if the line were down. Throws refused with the variable's name. */
export function requireKeyForm(env: Readonly<Record<string, string | undefined>>): void {
  const key = env.EVOLINK_API_KEY?.trim();
  if (key && !isKeyForm(key)) throw malformedKey('refused', key, 'EVOLINK_API_KEY');
}

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
  if (provider === 'evolink') requireKeyForm(context.io.env);
  const account = await callOrThrow(await context.connect(), 'account.refresh', { provider });
  if (!account.isSandbox && !account.key.isPresent) {
    throw new RestageError('refused', {
      reasons: [cliReason('provider', 'keyMissing', { value: provider })],
    });
  }
  return { provider, account };
}
