/** One delivery of a web hook: to an address that was checked, signed, without following where it points to. */
import { createHmac, randomUUID } from 'node:crypto';
import { RestageError } from '../../shared/errors.ts';
import { checkCallbackUrl } from '../../shared/rules/callbackUrl.ts';
import { addressesFor, type Resolve } from '../evolink/addresses.ts';
import { exchange, TransportError } from '../evolink/transport.ts';

export interface Delivery {
  id: string;
  event: string;
  body: string;
}

export interface DeliverOptions {
  url: string;
  secret: string;
  resolve: Resolve;
  /** For tests: a server of this machine, without https. */
  allowsLoopback: boolean;
  nowMs: number;
  signal: AbortSignal;
}

const DEADLINE_MS = 10_000;

export const newDelivery = (event: string, content: object, at: string): Delivery => {
  const id = randomUUID();
  return { id, event, body: JSON.stringify({ id, event, at, ...content }) };
};

/** `t` is the time in seconds, `v1` the HMAC-SHA256 of `t.body` with the secret, in hexadecimal. */
export function signatureOf(body: string, secret: string, nowMs: number): string {
  const t = Math.floor(nowMs / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}

/** The status of its answer, which is 2xx. Throws RestageError: refused (the address), network, deadline, cancelled, server (its status). */
export async function deliver(delivery: Delivery, options: DeliverOptions): Promise<number> {
  const { url: text, allowsLoopback, resolve, signal } = options;
  const reason = allowsLoopback ? null : checkCallbackUrl(text);
  if (reason) throw new RestageError('refused', { reasons: [reason] });
  const url = new URL(text);
  const addresses = await addressesFor(url, { allowsLoopback, resolve }).catch(() => {
    throw new RestageError('network', { detail: `${url.hostname} has no address` });
  });
  const [first] = addresses ?? [];
  if (!addresses || !first) {
    const params = { value: url.hostname, host: url.hostname };
    throw new RestageError('refused', { reasons: [{ field: 'callbackUrl', rule: 'callbackUrl.internal', params }] });
  }
  try {
    const { status } = await exchange({
      ...{ url, method: 'POST', body: delivery.body, deadlineMs: DEADLINE_MS, stallMs: DEADLINE_MS, signal },
      headers: {
        'content-type': 'application/json',
        'x-restage-event': delivery.event,
        'x-restage-delivery': delivery.id,
        'x-restage-signature': signatureOf(delivery.body, options.secret, options.nowMs),
      },
      // The connection is made to an address that was checked, not to what the name says a moment later.
      lookup: (_host, { all }, done) => (all ? done(null, addresses) : done(null, first.address, first.family)),
    });
    if (status >= 200 && status < 300) return status;
    throw new RestageError('server', { detail: `HTTP ${status}` });
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    const code = error.kind === 'timeout' ? 'deadline' : error.kind === 'cancelled' ? 'cancelled' : 'network';
    throw new RestageError(code, { detail: error.message });
  }
}
