/**
 * Who may speak to the loopback server. A page is let in by a cookie that no script can read, which it gets for a ticket; a
 * ticket is good once and briefly, so that neither a process list nor a history ever holds what opens the app.
 * Stops other users of the machine, who see command lines and may connect to the port.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { keepSecret } from '../../storage/redact.ts';

/** A window is opened by us and is there in seconds; a printed address waits for a person. */
export const windowTicketMs = 60_000;
export const printedTicketMs = 10 * 60_000;
const mostTickets = 64;
export const cookieName = 'restage';

export interface Access {
  /** '/<32 hex digits>/': the cookie goes nowhere else, also not to other ports of this machine. Opens nothing by itself. */
  prefix: string;
  /** For the header `set-cookie`. */
  cookie: string;
  /** For a second start of the same profile, from the owner-only record. */
  controlSecret: string;
  issueTicket(lifeMs: number): string;
  /** True once per ticket. */
  redeem(ticket: string): boolean;
  hasSession(cookieHeader: string | undefined): boolean;
  /** Compared without telling by its time how far it was right. */
  isBelowPrefix(path: string): boolean;
}

export function createAccess(now: () => number = Date.now): Access {
  const [prefix, session, controlSecret] = [`/${secret(16)}/`, secret(32), secret(32)];
  const tickets = new Map<string, number>();

  function sweep(): void {
    for (const [ticket, untilMs] of tickets) if (untilMs <= now() || tickets.size > mostTickets) tickets.delete(ticket);
  }

  return {
    prefix,
    cookie: `${cookieName}=${session}; Path=${prefix}; HttpOnly; SameSite=Strict`,
    controlSecret,
    issueTicket(lifeMs) {
      const ticket = secret(32);
      tickets.set(digest(ticket).toString('hex'), now() + lifeMs);
      sweep();
      return ticket;
    },
    redeem(ticket) {
      sweep();
      return tickets.delete(digest(ticket).toString('hex'));
    },
    hasSession: (header) => cookiesOf(header).some((value) => isSame(value, session)),
    isBelowPrefix: (path) => isSame(path.slice(0, prefix.length), prefix),
  };
}

function secret(bytes: number): string {
  const made = randomBytes(bytes).toString('hex');
  keepSecret(made);
  return made;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** In constant time, whatever the lengths. */
function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted));
}

/** Every cookie of our name: another program on this machine may have set one beside ours. */
function cookiesOf(header: string | undefined): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${cookieName}=`))
    .map((pair) => pair.slice(cookieName.length + 1));
}
