/** What a handler answers, and the two shapes in which the contract says no. */
import { randomUUID } from 'node:crypto';

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer | FilePart;
}

/** Bytes [start, end) of a file on disk. */
interface FilePart {
  file: string;
  start: number;
  end: number;
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

/** A refusal on its way out of a handler; the router gives it the shape of the host that was asked. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
  }
}

/** A parameter that breaks a rule: the field is the first word of the message. */
export const invalid = (field: string, message: string): Problem =>
  new Problem(400, 'invalid_parameters', `${field}: ${message}`);

const typeOfStatus: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'insufficient_quota',
  403: 'permission_error',
  404: 'not_found_error',
  409: 'idempotency_error',
  413: 'invalid_request_error',
  429: 'rate_limit_error',
};

export function apiError(status: number, code: string, message: string, headers: Record<string, string> = {}): Reply {
  const requestId = newRequestId();
  return json(
    status,
    { error: { code, message, type: typeOfStatus[status] ?? 'api_error', request_id: requestId } },
    { 'x-request-id': requestId, ...headers },
  );
}

export function filesError(status: number, message: string, headers: Record<string, string> = {}): Reply {
  return json(status, { success: false, code: status, msg: message }, headers);
}

export const newRequestId = (): string => `sbx-${randomUUID()}`;
