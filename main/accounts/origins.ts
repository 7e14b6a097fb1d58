/** Where EvoLink lives. Other places are for loopback only, unless the key came from the same environment as they did. */
import { refused } from '../../shared/errors.ts';
import { isLoopbackHost } from '../evolink/origins.ts';
import type { ApiKeyStore } from '../services.ts';

const defaults = { api: 'https://api.evolink.ai', files: 'https://files-api.evolink.ai' } as const;

/** Throws refused with the variable's name: a stored key must not be sent wherever an environment points. */
export function providerOrigins(
  env: Readonly<Record<string, string | undefined>>,
  keys: Pick<ApiKeyStore, 'status'>,
): { api: string; files: string } {
  const origin = (variable: string, fallback: string): string => {
    const text = env[variable]?.trim();
    if (!text) return fallback;
    const url = URL.canParse(text) ? new URL(text) : null;
    if (!url) throw refused(variable, 'origin.form', { value: text.slice(0, 200) });
    // What may stand before the host is a secret, and is not shown.
    const value = `${url.protocol}//${url.username || url.password ? '…@' : ''}${url.host}${url.pathname}`.slice(
      0,
      200,
    );
    const isLoopback = isLoopbackHost(url.hostname);
    const isKnownProtocol = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback);
    if (!isKnownProtocol) throw refused(variable, 'origin.https', { value });
    if (url.href !== `${url.origin}/`) throw refused(variable, 'origin.form', { value });
    if (!isLoopback && keys.status().storage !== 'environment') throw refused(variable, 'origin.key', { value });
    return url.origin;
  };
  return { api: origin('RESTAGE_API_URL', defaults.api), files: origin('RESTAGE_FILES_URL', defaults.files) };
}
