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
    const text = env[variable];
    if (!text) return fallback;
    if (!URL.canParse(text)) throw refused(variable, 'origin.form', { value: text });
    const url = new URL(text);
    const isLoopback = isLoopbackHost(url.hostname);
    if (url.protocol !== 'https:' && !isLoopback) throw refused(variable, 'origin.https', { value: text });
    if (!isLoopback && keys.status().storage !== 'environment') throw refused(variable, 'origin.key', { value: text });
    return url.origin;
  };
  return { api: origin('RESTAGE_API_URL', defaults.api), files: origin('RESTAGE_FILES_URL', defaults.files) };
}
