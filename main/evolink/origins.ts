/** Which addresses may be talked to: https, and plain http on loopback alone. */
import { RestageError } from '../../shared/errors.ts';

export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

export function isAllowedUrl(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

/** Throws refused for anything that is not a bare origin which may carry a key. */
export function ensureOrigin(text: string, field: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isBare = url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!url || !isBare || !isAllowedUrl(url)) {
    throw new RestageError('refused', { reasons: [{ field, rule: 'origin.https', params: { value: text } }] });
  }
  return url;
}
