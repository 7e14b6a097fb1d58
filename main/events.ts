/** The app's events: typed listeners, and job changes gathered so that a hundred transitions are one message. */
import type { EventName, EventPayload, Subscribe } from '../shared/contract/index.ts';
import { startTimer } from './storage/clock.ts';

export interface EventHub {
  on: Subscribe;
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void;
}

export function createEventHub(onListenerError: (error: unknown) => void): EventHub {
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  return {
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set);
      set.add(listener as (payload: never) => void);
      return () => void set.delete(listener as (payload: never) => void);
    },
    emit(event, payload) {
      for (const listener of listeners.get(event) ?? []) {
        try {
          listener(payload as never);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
  };
}

/** Collects names and hands them over together, at most every `intervalMs`. */
export function gather(
  intervalMs: number,
  flush: (names: string[]) => void,
): { add(name: string): void; close(): void } {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  const send = () => {
    timer = null;
    const names = [...waiting];
    waiting.clear();
    if (names.length > 0) flush(names);
  };
  return {
    add(name) {
      waiting.add(name);
      timer ??= startTimer(send, intervalMs);
    },
    close() {
      if (timer) clearTimeout(timer);
      send();
    },
  };
}
