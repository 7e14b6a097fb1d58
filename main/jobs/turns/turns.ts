/** Orders go out in the order of the queue: one whose file went up sooner waits for those before it that are on their way. */
export interface Turns {
  /** It has begun to go up. */
  enter(id: string): void;
  /** It was sent, or waits for something. */
  leave(id: string): void;
  /** Resolves when nobody before it is on the way. Rejects when the signal fires. */
  wait(id: string, signal: AbortSignal): Promise<void>;
  /** The order has changed. */
  recheck(): void;
}

export function createTurns(positionOf: (id: string) => number): Turns {
  const onTheWay = new Set<string>();
  const waiting = new Set<() => void>();

  const isFirst = (id: string) => {
    const position = positionOf(id);
    return ![...onTheWay].some((other) => other !== id && positionOf(other) < position);
  };
  const recheck = () => {
    for (const look of [...waiting]) look();
  };

  return {
    recheck,
    enter: (id) => void onTheWay.add(id),
    leave(id) {
      if (onTheWay.delete(id)) recheck();
    },
    async wait(id, signal) {
      signal.throwIfAborted();
      if (isFirst(id)) return;
      await new Promise<void>((resolve, reject) => {
        const look = () => {
          if (!isFirst(id)) return;
          end();
          resolve();
        };
        const stop = () => {
          end();
          reject(signal.reason);
        };
        const end = () => {
          waiting.delete(look);
          signal.removeEventListener('abort', stop);
        };
        waiting.add(look);
        signal.addEventListener('abort', stop, { once: true });
      });
    },
  };
}
