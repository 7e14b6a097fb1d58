/**
 * Decides whether a request to the loopback server comes from our own page.
 * Stops DNS rebinding (Host), other sites' pages that reach for the port (Origin, Sec-Fetch-Site), and other
 * programs' guesses (the random prefix, 128 bits, different in every run). And whether what is asked for may become a document.
 */
import type { IncomingHttpHeaders } from 'node:http';

export interface OwnPlace {
  /** '127.0.0.1:41234' */
  host: string;
  /** '/<32 hex digits>/' */
  prefix: string;
}

export interface AskedFor {
  method: string;
  /** The path as it was sent, without the query. */
  path: string;
  headers: IncomingHttpHeaders;
  isUpgrade: boolean;
}

export type Refusal = { status: 403 | 404 | 405 | 421; why: string };

export function refusalOf(asked: AskedFor, own: OwnPlace): Refusal | null {
  const { headers } = asked;
  if (headers.host !== own.host) return { status: 421, why: 'host' };
  if (!asked.path.startsWith(own.prefix)) return { status: 404, why: 'prefix' };
  if (!['GET', 'HEAD', 'POST'].includes(asked.method)) return { status: 405, why: 'method' };
  const origin = headers.origin;
  const mustNameOrigin = asked.isUpgrade || asked.method === 'POST';
  if (origin === undefined ? mustNameOrigin : origin !== `http://${own.host}`) return { status: 403, why: 'origin' };
  if (!isOwnFetch(asked)) return { status: 403, why: 'site' };
  return isMediaDocument(asked, own) ? { status: 403, why: 'document' } : null;
}

/** Media share the page's origin and were made by strangers: they are shown inside the page, and never become one. */
function isMediaDocument({ path, headers }: AskedFor, own: OwnPlace): boolean {
  if (!path.startsWith(`${own.prefix}media/`)) return false;
  const destination = headers['sec-fetch-dest'];
  const mayBeDocument = ['document', 'iframe', 'frame', 'embed', 'object', 'fencedframe'];
  return headers['sec-fetch-mode'] === 'navigate' || mayBeDocument.includes(String(destination));
}

/** Absent outside browsers; `none` is a person's own act (the address bar, the app window) and only good for the page itself. */
function isOwnFetch({ headers }: AskedFor): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin') return true;
  return site === 'none' && headers['sec-fetch-mode'] === 'navigate';
}
