/** Setting the web hook up, and trying it. */
import { RestageError } from '../../shared/errors.ts';
import { checkCallbackUrl } from '../../shared/rules/callbackUrl.ts';
import type { HookSecret } from '../hooks/hookSecret.ts';
import type { WebHookTeller } from '../hooks/webHook.ts';
import type { SettingsChange } from './changeSettings.ts';
import type { Handlers } from './types.ts';

export function createWebHookHandlers(services: {
  change: SettingsChange;
  secret: HookSecret;
  teller: Pick<WebHookTeller, 'test'>;
}): Pick<Handlers, 'webHook.set' | 'webHook.test'> {
  const { change, secret, teller } = services;
  return {
    'webHook.set': async ({ hook, isSecretRenewed }) => {
      if (hook === null) {
        change({ webHook: null });
        secret.clear();
        return { secret: null };
      }
      const reason = checkCallbackUrl(hook.url);
      if (reason) throw new RestageError('refused', { reasons: [reason] });
      const made = isSecretRenewed || (await secret.read()) === null ? await secret.make() : null;
      change({ webHook: { url: hook.url, events: [...new Set(hook.events)] } });
      return { secret: made };
    },
    'webHook.test': async () => ({ status: await teller.test() }),
  };
}
