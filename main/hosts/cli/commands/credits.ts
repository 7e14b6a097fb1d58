/** `restage credits`: the balance, by a call that costs nothing. */
import { RestageError } from '../../../../shared/errors.ts';
import { creditsOf } from '../../../../shared/money/testCredits.ts';
import { orderingAccount } from '../account.ts';
import { cliReason } from '../cliReason.ts';
import type { CommandContext, Outcome } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';

export async function credits(context: CommandContext): Promise<Outcome> {
  const { t, style } = context;
  const { provider, account } = await orderingAccount(context);
  if (account.connection === 'keyRefused') {
    const params = { value: account.key.hint === null ? provider : `…${account.key.hint}` };
    throw new RestageError('apiKey', { reasons: [cliReason('provider', 'keyRefused', params)] });
  }
  if (account.connection !== 'ok' || account.remainingCredits === null) {
    throw new RestageError('network', {
      reasons: [cliReason('provider', 'noBalance', { value: provider })],
    });
  }
  const name = t(account.isSandbox ? 'cli.credits.sandbox' : 'cli.credits.evolink');
  return {
    exitCode: exitCodes.done,
    json: {
      provider,
      account: account.accountId,
      isSandbox: account.isSandbox,
      remainingCredits: account.remainingCredits,
      checkedAt: account.checkedAt,
      key: account.key,
    },
    text: `${t('cli.credits.remaining', { credits: style.bold(account.remainingCredits), name, ...creditsOf(account.isSandbox) })}\n`,
  };
}
