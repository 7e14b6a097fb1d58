/**
 * Takes out of a text what must not be read in a log or a report: keys of any form, the queries and fragments of links (they
 * may be signatures), passwords in links, and the app's own secrets. Pure but for the list of secrets that were told to it.
 */

const gone = '…';

/** Shorter ones would be found in every word. */
const shortestSecret = 6;
const secrets = new Set<string>();

/** What this process holds and never writes: a key as it was entered, the cookie and the path of the page's address. */
export function keepSecret(secret: string): void {
  if (secret.length >= shortestSecret) secrets.add(secret);
}

/** Names of fields and parameters whose value is a secret, in any spelling: `apiKey`, `api_key`, `X-Api-Key`, `access-token`. */
const secretNames =
  'authorization|proxy-authorization|(?:set-)?cookie|(?:x-)?api[-_]?key|(?:access|refresh|id|auth|session|bearer)[-_]?token|token|' +
  'secret|(?:client[-_]?)?secret|password|passwd|pwd|credentials?|signature|sig';
const isSecretName = new RegExp(`^(?:${secretNames})$`, 'i');
const namedValue = new RegExp(
  `(?<![A-Za-z0-9])(${secretNames})(["']?\\s*[:=]\\s*)("[^"]*"|'[^']*'|(?:Bearer|Basic)\\s+[^\\s"',;]+|[^\\s"',;&#}\\]]+)`,
  'gi',
);

/** Letters that end a link in running text. */
const end = '\\s"\'<>\\\\`';
const userInfo = new RegExp(`\\b([a-z][a-z0-9+.-]*:/{2,})[^${end}/?#@]*(?:@[^${end}/?#@]*)*@`, 'gi');
const absoluteQuery = new RegExp(`\\b([a-z][a-z0-9+.-]*:/{2,}[^${end}?#]*)[?#][^${end}]*`, 'gi');
/** `/files/1?sig=…`, `//cdn.example/a?…`, `?token=…`: whatever looks like a query or a fragment with a value in it. */
const looseQuery = new RegExp(`([?#])[\\w.~%[\\]-]+=[^${end}]*`, 'g');
const loopbackPlace = /\b(https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\/)(?:open\/)?[0-9a-f]{32,}/gi;

export function redact(text: string): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, gone);
  return clean
    .replace(/\bsk-[A-Za-z0-9_-]{4,}/gi, `sk-${gone}`)
    .replace(/\b(Bearer|Basic)\s+[^\s"',;]+/gi, `$1 ${gone}`)
    .replace(userInfo, `$1${gone}@`)
    .replace(absoluteQuery, `$1?${gone}`)
    .replace(looseQuery, `$1${gone}`)
    .replace(loopbackPlace, `$1${gone}`)
    .replace(namedValue, (_all, name: string, sign: string, value: string) => {
      const quote = /^["']/.exec(value)?.[0] ?? '';
      return `${name}${sign}${quote}${gone}${quote}`;
    });
}

/** A value before it becomes JSON, for `JSON.stringify`: a text after it could lose the quotes that hold it together. */
export function redactValue(name: string, value: unknown): unknown {
  const isSecret = isSecretName.test(name) && value !== null && value !== undefined && typeof value !== 'boolean';
  if (isSecret) return gone;
  return typeof value === 'string' ? redact(value) : value;
}
