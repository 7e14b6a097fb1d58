/** Few at a time, and of those that wait the newest first: what a person looks at now comes before what has been scrolled by. */
import { RestageError } from '../../shared/errors.ts';

interface Waiting {
  start: () => void;
}

/** Answers a function that runs `work` when its turn comes. Whoever cancels while waiting is rejected with `cancelled` and never starts. */
export function createNewestFirst(lanes: number): <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T> {
  const waiting: Waiting[] = [];
  let running = 0;

  const next = () => {
    if (running >= lanes) return;
    waiting.pop()?.start();
  };

  return (work, signal) =>
    new Promise((resolve, reject) => {
      const onAbort = () => {
        const place = waiting.indexOf(entry);
        if (place === -1) return;
        waiting.splice(place, 1);
        reject(new RestageError('cancelled'));
      };
      const entry: Waiting = {
        start: () => {
          signal.removeEventListener('abort', onAbort);
          running += 1;
          void work()
            .then(resolve, reject)
            .finally(() => {
              running -= 1;
              next();
            });
        },
      };
      if (signal.aborted) {
        reject(new RestageError('cancelled'));
        return;
      }
      signal.addEventListener('abort', onAbort, { once: true });
      waiting.push(entry);
      next();
    });
}
