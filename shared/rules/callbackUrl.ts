/** What a callback address may be: https, public, at most 2048 characters. One check, the same for page, CLI and sandbox. */
import type { Reason } from '../errors.ts';
import { textLimits } from './limits.ts';
import { isPublicHost } from './publicAddress.ts';

interface ParsedUrl {
  protocol: string;
  hostname: string;
  port: string;
  username: string;
  password: string;
  href: string;
}

// shared/ has neither DOM nor Node types; both sides have the WHATWG parser, which turns 127.1, 0x7f000001 or 2130706433 into 127.0.0.1.
declare const URL: new (text: string) => ParsedUrl;

type CallbackRule = `callbackUrl.${'form' | 'https' | 'length' | 'internal' | 'userInfo' | 'port'}`;

/** Null when the URL is fine; else the one reason why not. An empty text is not a URL: leave the field out instead. */
export function checkCallbackUrl(text: string): Reason | null {
  const because = (rule: CallbackRule, params: Record<string, string | number> = {}): Reason => ({
    field: 'callbackUrl',
    rule,
    params: { value: text.slice(0, 200), ...params },
  });
  const url = parseUrl(text);
  if (!url?.hostname) return because('callbackUrl.form');
  // As it is sent: what is no ASCII takes three characters a byte.
  const { length } = url.href;
  if (length > textLimits.callbackUrlMax) {
    return because('callbackUrl.length', { length, max: textLimits.callbackUrlMax });
  }
  if (url.protocol !== 'https:') return because('callbackUrl.https');
  if (url.username !== '' || url.password !== '') {
    return because('callbackUrl.userInfo', { value: `${url.protocol}//…@${url.hostname}` });
  }
  if (url.port === '0') return because('callbackUrl.port');
  if (!isPublicHost(url.hostname)) return because('callbackUrl.internal', { host: url.hostname });
  return null;
}

/** The address as it is sent: parsed and written anew, so that what was checked is what is called. As it was where it is no URL. */
export function callbackHref(text: string): string {
  return parseUrl(text)?.href ?? text;
}

/**
 * The parser forgives what other readers of the same text do not, or read differently: blanks, line ends, backslashes, one slash or three,
 * characters that are not shown. What needs forgiving is refused.
 */
function parseUrl(text: string): ParsedUrl | null {
  if (/[\s\\\p{C}]/u.test(text) || !/^[a-z][a-z0-9+.-]*:\/\/[^/?#]/i.test(text)) return null;
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
