/** Collapses equal work that runs at the same time into one run; it stops only when everybody who waits has cancelled. */
import { RestageError } from '../../shared/errors.ts';
import type { ProgressListener } from '../services.ts';

interface Run<T> {
  promise: Promise<T>;
  controller: AbortController;
  waiters: number;
  listeners: Set<ProgressListener>;
}

export interface SharedRuns<T> {
  run(options: {
    key: string;
    work: (signal: AbortSignal, onProgress: ProgressListener) => Promise<T>;
    signal?: AbortSignal | undefined;
    onProgress?: ProgressListener | undefined;
  }): Promise<T>;
  /** Cancels everything and waits until it is gone. */
  close(): Promise<void>;
}

export function createSharedRuns<T>(): SharedRuns<T> {
  const runs = new Map<string, Run<T>>();

  const start = (key: string, work: (signal: AbortSignal, onProgress: ProgressListener) => Promise<T>): Run<T> => {
    const controller = new AbortController();
    const listeners = new Set<ProgressListener>();
    // Work of several steps, or done once more, tells each from its beginning: a person's bar never goes back.
    let highest = 0;
    const report: ProgressListener = (ratio) => {
      if (ratio !== null && ratio < highest) return;
      highest = Math.max(highest, ratio ?? 0);
      for (const listener of listeners) listener(ratio);
    };
    const promise = work(controller.signal, report).finally(() => {
      if (runs.get(key)?.controller === controller) runs.delete(key);
    });
    const run: Run<T> = { promise, controller, waiters: 0, listeners };
    runs.set(key, run);
    return run;
  };

  const join = (run: Run<T>, key: string, signal?: AbortSignal, onProgress?: ProgressListener): Promise<T> => {
    run.waiters += 1;
    if (onProgress) run.listeners.add(onProgress);
    return new Promise<T>((resolve, reject) => {
      let hasLeft = false;
      const leave = () => {
        hasLeft = true;
        signal?.removeEventListener('abort', onAbort);
        if (onProgress) run.listeners.delete(onProgress);
        run.waiters -= 1;
      };
      const onAbort = () => {
        leave();
        const cancelled = new RestageError('cancelled');
        if (run.waiters > 0) return reject(cancelled);
        // The last one to leave stops the work and waits until its files are gone; a new call starts afresh.
        if (runs.get(key) === run) runs.delete(key);
        run.controller.abort();
        run.promise.then(
          () => reject(cancelled),
          () => reject(cancelled),
        );
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      run.promise.then(
        (value) => {
          if (hasLeft) return;
          leave();
          resolve(value);
        },
        (error: unknown) => {
          if (hasLeft) return;
          leave();
          reject(error);
        },
      );
    });
  };

  return {
    run: ({ key, work, signal, onProgress }) => {
      if (signal?.aborted) return Promise.reject(new RestageError('cancelled'));
      return join(runs.get(key) ?? start(key, work), key, signal, onProgress);
    },
    close: async () => {
      const all = [...runs.values()];
      for (const run of all) run.controller.abort();
      await Promise.allSettled(all.map((run) => run.promise));
    },
  };
}
