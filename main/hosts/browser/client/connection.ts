/** Calls and events over one WebSocket that comes back by itself after a break. */
import type { Call, EventName, EventPayload, Subscribe } from '../../../../shared/contract/index.ts';
import type { ErrorData, Result } from '../../../../shared/errors.ts';
import { type HostMessage, socketPath } from '../wire.ts';

const firstRetryMs = 250;
const slowestRetryMs = 5000;
/** How long a call waits for the connection before it says that the app does not answer. */
const connectDeadlineMs = 10_000;

type Listener = (payload: unknown) => void;
interface Waiting {
  text: string;
  isSent: boolean;
  resolve(result: Result<never>): void;
  deadline: ReturnType<typeof setTimeout>;
}

export interface Connection {
  call: Call;
  on: Subscribe;
  /** Hands a payload to the listeners as if the app had sent it. */
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void;
}

export function connect(options: { page: string; onReconnected: () => void }): Connection {
  const url = new URL(socketPath, options.page);
  url.protocol = 'ws:';
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<Listener>>();
  let socket: WebSocket | null = null;
  let lastId = 0;
  let wasOpen = false;
  let retryMs = firstRetryMs;

  const emit = (event: string, payload: unknown) => {
    for (const listener of listeners.get(event) ?? []) listener(payload);
  };

  function settle(id: number, result: Result<never>): void {
    const call = waiting.get(id);
    if (call === undefined) return;
    waiting.delete(id);
    clearTimeout(call.deadline);
    call.resolve(result);
  }

  function receive(text: string): void {
    const message = JSON.parse(text) as HostMessage; // from our own host alone: the server checks Origin and prefix
    if ('event' in message) emit(message.event, message.payload);
    else settle(message.id, message.result as Result<never>);
  }

  function send(call: Waiting): void {
    if (socket?.readyState !== WebSocket.OPEN) return;
    call.isSent = true;
    clearTimeout(call.deadline); // work like preparing a clip takes its time: from here only a break ends the wait
    socket.send(call.text);
  }

  function open(): void {
    const next = new WebSocket(url);
    socket = next;
    next.onopen = () => {
      retryMs = firstRetryMs;
      for (const call of waiting.values()) send(call);
      if (wasOpen) options.onReconnected();
      wasOpen = true;
    };
    next.onmessage = (event) => receive(String(event.data));
    next.onclose = () => {
      // What was sent may have been done or not: only the caller can decide to ask again.
      for (const [id, call] of waiting) if (call.isSent) settle(id, failure('The connection broke before the answer.'));
      setTimeout(open, retryMs);
      retryMs = Math.min(retryMs * 2, slowestRetryMs);
    };
  }
  open();

  return {
    call: (command, input) =>
      new Promise((resolve) => {
        lastId += 1;
        const id = lastId;
        const deadline = setTimeout(() => settle(id, failure('Restage does not answer.')), connectDeadlineMs);
        const call: Waiting = { text: JSON.stringify({ id, command, input }), isSent: false, resolve, deadline };
        waiting.set(id, call);
        send(call);
      }),
    on(event, listener) {
      const added = listeners.get(event) ?? new Set();
      listeners.set(event, added.add(listener as Listener));
      return () => void added.delete(listener as Listener);
    },
    emit,
  };
}

function failure(detail: string): Result<never> {
  const error: ErrorData = { code: 'network', reasons: [], detail };
  return { ok: false, error };
}
