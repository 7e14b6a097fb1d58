/** Whether a callback URL may be sent: literal checks only, no lookup, the same for page, CLI and sandbox. */
import type { Reason } from './errors.ts';
import { countCharacters, textLimits } from './limits.ts';

// shared/ has neither DOM nor Node types; both sides have the WHATWG parser, which turns 127.1, 0x7f000001 or 2130706433 into 127.0.0.1.
declare const URL: new (text: string) => { protocol: string; hostname: string };

type CallbackRule = 'callbackUrl.form' | 'callbackUrl.https' | 'callbackUrl.length' | 'callbackUrl.internal';

/** Null when the URL is fine; else the one reason why not. An empty text is not a URL: leave the field out instead. */
export function checkCallbackUrl(text: string): Reason | null {
  const because = (rule: CallbackRule, params: Record<string, string | number> = {}): Reason => ({
    field: 'callbackUrl',
    rule,
    params: { value: text.slice(0, 200), ...params },
  });
  const length = countCharacters(text);
  if (length > textLimits.callbackUrlMax) {
    return because('callbackUrl.length', { length, max: textLimits.callbackUrlMax });
  }
  const url = parseUrl(text);
  if (!url?.hostname) return because('callbackUrl.form');
  if (url.protocol !== 'https:') return because('callbackUrl.https');
  if (isInternalHost(url.hostname)) return because('callbackUrl.internal', { host: url.hostname });
  return null;
}

function parseUrl(text: string): { protocol: string; hostname: string } | null {
  // The parser forgives blanks and line ends; a server that takes the text as it is would not.
  if (/\s/.test(text)) return null;
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** `hostname` as the WHATWG parser writes it: lower case, IPv4 dotted, IPv6 compressed in brackets. */
function isInternalHost(hostname: string): boolean {
  if (hostname.startsWith('[')) return isInternalV6(hostname.slice(1, -1));
  const host = hostname.replace(/\.$/, '');
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isInternalV4(host.split('.').map(Number));
  if (!host.includes('.')) return true; // localhost and every other single label
  return /(^|\.)(localhost|local)$/.test(host);
}

function isInternalV4(octets: readonly number[]): boolean {
  const [a = 0, b = 0] = octets;
  return (
    a === 0 || // "this host": reaches loopback on many systems
    a === 10 ||
    a === 127 ||
    (a === 100 && b >= 64 && b < 128) || // carrier-grade NAT
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    a >= 224 // multicast, reserved, broadcast
  );
}

function isInternalV6(text: string): boolean {
  const words = expandV6(text);
  const [first = 0, second = 0] = words;
  if (words.slice(0, 5).every((word) => word === 0)) {
    const sixth = words[5] ?? 0;
    // ::, ::1, v4-mapped (::ffff:a.b.c.d) and the old v4-compatible form
    if (sixth === 0xffff || sixth === 0) return isInternalV4(octetsAt(words, 6)) || (words[6] === 0 && sixth === 0);
  }
  if (first === 0x64 && second === 0xff9b) return isInternalV4(octetsAt(words, 6)); // NAT64
  if (first === 0x2002) return isInternalV4(octetsAt(words, 1)); // 6to4
  return (
    (first & 0xfe00) === 0xfc00 || // unique local
    (first & 0xffc0) === 0xfe80 || // link-local
    (first & 0xffc0) === 0xfec0 || // site-local
    (first & 0xff00) === 0xff00 // multicast
  );
}

function expandV6(text: string): number[] {
  const [head = '', tail] = text.split('::');
  const parse = (part: string) => (part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16)));
  const left = parse(head);
  if (tail === undefined) return left;
  const right = parse(tail);
  return [...left, ...new Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0), ...right];
}

function octetsAt(words: readonly number[], index: number): number[] {
  return [words[index] ?? 0, words[index + 1] ?? 0].flatMap((word) => [word >> 8, word & 0xff]);
}
