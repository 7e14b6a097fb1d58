/** So many at once; of the rest the one with the lowest rank is next; a place given up by abort is passed on. */
export interface Semaphore {
  /** `rank` is asked when a place is given: the order may change while one waits. */
  run<T>(signal: AbortSignal, work: () => Promise<T>, rank?: () => number): Promise<T>;
}

interface Waiter {
  enter: () => void;
  rank: () => number;
}

export function createSemaphore(size: number): Semaphore {
  let free = size;
  const queue: Waiter[] = [];

  async function take(signal: AbortSignal, rank: () => number): Promise<void> {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const waiter = {
        rank,
        enter: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = () => {
        queue.splice(queue.indexOf(waiter), 1);
        reject(signal.reason);
      };
      queue.push(waiter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** Of equal ranks the one that came first. */
  function next(): Waiter | null {
    let best: { index: number; rank: number } | null = null;
    for (const [index, waiter] of queue.entries()) {
      const rank = waiter.rank();
      if (best === null || rank < best.rank) best = { index, rank };
    }
    return best === null ? null : (queue.splice(best.index, 1)[0] ?? null);
  }

  return {
    async run(signal, work, rank = () => 0) {
      await take(signal, rank);
      try {
        return await work();
      } finally {
        const waiter = next();
        if (waiter) waiter.enter();
        else free += 1;
      }
    },
  };
}
