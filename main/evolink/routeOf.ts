/**
 * The way of a request. What is set and cannot be used (a file of certificates that was moved, an address that is none) stops a request before its first
 * byte, as a line that is down does: jobs wait, and nothing was started.
 */
import { RestageError } from '../../shared/errors.ts';
import type { Line, Route } from '../network/line.ts';
import { TransportError } from './transport.ts';

/** Throws TransportError network, unsent. */
export async function routeOf(line: Line, url: URL): Promise<Route> {
  try {
    return await line.route(url);
  } catch (error) {
    const reason = error instanceof RestageError ? error.reasons[0] : undefined;
    const message = reason ? `${reason.rule}: ${reason.params?.value ?? ''}` : String(error);
    throw new TransportError('network', { wasSent: false, message, cause: error });
  }
}
