/**
 * Decides whether a request to the loopback server comes from our own page.
 * Stops DNS rebinding (Host), other sites' pages that reach for the port (Origin, Sec-Fetch-Site), and other programs and
 * users of the machine (the session's cookie, and the random path that it belongs to). And whether what is asked for may become a document.
 */
import type { IncomingHttpHeaders } from 'node:http';

export interface OwnPlace {
  /** '127.0.0.1:41234' */
  host: string;
  hasSession(cookieHeader: string | undefined): boolean;
  isBelowPrefix(path: string): boolean;
}

export interface AskedFor {
  method: string;
  /** The path as it was sent, without the query. */
  path: string;
  headers: IncomingHttpHeaders;
  /** How often the request names a Host: what stands behind the first one is hidden by the parser. */
  hostCount: number;
  isUpgrade: boolean;
}

export type Refusal = { status: 400 | 403 | 404 | 405 | 421; why: string };

/** What every request must be, whoever sends it. */
export function wrongPlace(asked: AskedFor, { host }: Pick<OwnPlace, 'host'>): Refusal | null {
  if (asked.hostCount !== 1 || asked.headers.host !== host) return { status: 421, why: 'host' };
  return ['GET', 'HEAD', 'POST'].includes(asked.method) ? null : { status: 405, why: 'method' };
}

/** What a request of the page must be besides. */
export function refusalOf(asked: AskedFor, own: OwnPlace): Refusal | null {
  const { headers } = asked;
  if (headers.host !== own.host || asked.hostCount !== 1) return { status: 421, why: 'host' };
  if (!own.isBelowPrefix(asked.path)) return { status: 404, why: 'prefix' };
  const misplaced = wrongPlace(asked, own);
  if (misplaced) return misplaced;
  const origin = headers.origin;
  const mustNameOrigin = asked.isUpgrade || asked.method === 'POST';
  if (origin === undefined ? mustNameOrigin : origin !== `http://${own.host}`) return { status: 403, why: 'origin' };
  if (!isOwnFetch(headers)) return { status: 403, why: 'site' };
  if (!own.hasSession(headers.cookie)) return { status: 403, why: 'session' };
  return isMediaDocument(asked) ? { status: 403, why: 'document' } : null;
}

/** Media share the page's origin and were made by strangers: they are shown inside the page, and never become one. */
function isMediaDocument({ path, headers }: AskedFor): boolean {
  if (!/^\/[^/]+\/media\//.test(path)) return false;
  const destination = headers['sec-fetch-dest'];
  const mayBeDocument = ['document', 'iframe', 'frame', 'embed', 'object', 'fencedframe'];
  // Saving a copy navigates too, to nothing that is shown: its destination is `empty`.
  if (destination === undefined) return headers['sec-fetch-mode'] === 'navigate';
  return mayBeDocument.includes(String(destination));
}

/** Absent outside browsers; `none` is a person's own act (the address bar, the app window) and only good for the page itself. */
export function isOwnFetch(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin') return true;
  return site === 'none' && headers['sec-fetch-mode'] === 'navigate';
}

/** The path of a request line, or null for what is none of ours: `//`, `*`, a whole URL, something no parser takes. */
export function pathOf(target: string | undefined): URL | null {
  if (target === undefined || !target.startsWith('/') || target.startsWith('//')) return null;
  const base = 'http://page.invalid';
  return URL.canParse(target, base) ? new URL(target, base) : null;
}
