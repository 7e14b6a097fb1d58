/**
 * The ways in: a ticket becomes the page's cookie, either from an address that was printed or from a file that only the owner
 * of the profile can read; and a second start of the profile is given a ticket of its own.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import type http from 'node:http';
import path from 'node:path';
import { startTimer } from '../../storage/clock.ts';
import { plain } from '../pageFiles.ts';
import { type Access, printedTicketMs, windowTicketMs } from './access.ts';
import { isProof, nonceHeader, proofOf } from './controlProof.ts';
import { isOwnFetch } from './requestGuard.ts';
import { addressRoute, handOffRoute, openRoute } from './wire.ts';

const maxBodyBytes = 300;
const handOffName = /^open-[0-9a-f]{32}\.html$/;

export interface Entrance {
  /** 'http://127.0.0.1:41234/open/<ticket>': good once, for some minutes. */
  issueAddress(): string;
  /** The path of a page that takes a browser in, good once, for a minute. Its name and its path may be seen by anybody. */
  issueHandOff(): string;
  /** The answer to a request for one of the ways in; null: it asks for something else. */
  answer(url: URL, request: http.IncomingMessage): Promise<Response | null>;
  close(): void;
}

export function createEntrance(options: { access: Access; origin: () => string; profileDir: string }): Entrance {
  const { access, origin, profileDir } = options;
  const files = new Map<string, { file: string; timer: NodeJS.Timeout }>();
  sweepHandOffs(profileDir);

  const issueAddress = () => `${origin()}/${openRoute}/${access.issueTicket(printedTicketMs)}`;

  function forget(ticket: string): void {
    const found = files.get(ticket);
    if (found === undefined) return;
    clearTimeout(found.timer);
    files.delete(ticket);
    rmSync(found.file, { force: true });
  }

  function issueHandOff(): string {
    const ticket = access.issueTicket(windowTicketMs);
    const file = path.join(profileDir, `open-${randomBytes(16).toString('hex')}.html`);
    writeFileSync(file, handOffPage(origin(), ticket), { mode: 0o600, flag: 'wx' });
    const timer = startTimer(() => forget(ticket), windowTicketMs);
    timer.unref();
    files.set(ticket, { file, timer });
    return file;
  }

  function redeem(ticket: string): boolean {
    const isGood = access.redeem(ticket);
    if (isGood) forget(ticket);
    return isGood;
  }

  async function answer(url: URL, request: http.IncomingMessage): Promise<Response | null> {
    const [, way = '', ticket = '', ...more] = url.pathname.split('/');
    if (more.length > 0) return null;
    if (way === openRoute && ticket !== '' && request.method === 'GET') {
      if (!isOwnFetch(request.headers)) return plain(403, 'Forbidden');
      // Whoever is in already may follow an old address again.
      const isIn = redeem(ticket) || access.hasSession(request.headers.cookie);
      return isIn ? seeOther(access) : plain(410, 'This address was good once. Start Restage again for another.');
    }
    if (way === openRoute && ticket === '' && request.method === 'POST') {
      const given = new URLSearchParams((await readShort(request)) ?? '').get('ticket') ?? '';
      return redeem(given) ? comeIn(access) : plain(403, 'Forbidden');
    }
    if (request.method === 'POST' && (way === addressRoute || way === handOffRoute) && ticket === '') {
      const nonce = nonceOf(request.headers);
      const wanted = proofOf(access.controlSecret, 'ask', way, nonce ?? '');
      const given = /^Bearer ([0-9a-f]{64})$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      if (nonce === null || !isProof(given, wanted) || !isNoPage(request.headers)) return plain(403, 'Forbidden');
      const said = way === addressRoute ? issueAddress() : issueHandOff();
      return plain(200, `${proofOf(access.controlSecret, 'answer', nonce, said)} ${said}`);
    }
    return null;
  }

  return {
    issueAddress,
    issueHandOff,
    answer,
    close() {
      for (const ticket of [...files.keys()]) forget(ticket);
    },
  };
}

function nonceOf(headers: http.IncomingHttpHeaders): string | null {
  const nonce = headers[nonceHeader];
  return typeof nonce === 'string' && /^[0-9a-f]{32}$/.test(nonce) ? nonce : null;
}

/** A browser always says where a POST comes from; a second start of ours says nothing of the kind. */
function isNoPage(headers: http.IncomingHttpHeaders): boolean {
  return headers.origin === undefined && headers['sec-fetch-site'] === undefined;
}

function seeOther({ prefix, cookie }: Access): Response {
  const answer = plain(303, 'Restage', { location: prefix });
  answer.headers.append('set-cookie', cookie);
  return answer;
}

/** Not a redirect: one that began at a file would not bring the cookie along. A page of our own origin does. */
function comeIn({ prefix, cookie }: Access): Response {
  const html = `<!doctype html><title>Restage</title><meta http-equiv="refresh" content="0;url=${prefix}">`;
  const answer = plain(200, html, { 'content-type': 'text/html; charset=utf-8' });
  answer.headers.append('set-cookie', cookie);
  return answer;
}

/** The ticket goes in the body of a form: no address that the browser remembers or shows holds it. */
function handOffPage(origin: string, ticket: string): string {
  const policy = `default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; form-action ${origin}`;
  return [
    '<!doctype html><meta charset="utf-8"><title>Restage</title><meta name="referrer" content="no-referrer">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<style>html{background:#1f1f1f}</style>',
    `<form method="post" action="${origin}/${openRoute}"><input type="hidden" name="ticket" value="${ticket}"></form>`,
    '<script>document.forms[0].submit()</script>',
  ].join('\n');
}

async function readShort(request: http.IncomingMessage): Promise<string | null> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > maxBodyBytes) return null;
  }
  return text;
}

/** What a killed host left: its tickets died with it. */
function sweepHandOffs(profileDir: string): void {
  for (const name of readdirSync(profileDir)) {
    if (handOffName.test(name)) rmSync(path.join(profileDir, name), { force: true });
  }
}
