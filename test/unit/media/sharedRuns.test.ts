import { expect, it } from 'vitest';
import { createSharedRuns } from '../../../main/media/sharedRuns.ts';

it('progress of work in several steps never goes back', async () => {
  const runs = createSharedRuns<string>();
  const heard: (number | null)[] = [];
  const work = async (_: AbortSignal, onProgress: (ratio: number | null) => void) => {
    for (const ratio of [0.2, 0.88, 0.1, 0.9, null, 1]) onProgress(ratio);
    return 'made';
  };
  const made = runs.run({
    key: 'clip',
    onProgress: (ratio) => heard.push(ratio),
    work: async (signal, onProgress) => {
      await Promise.resolve();
      return work(signal, onProgress);
    },
  });
  expect(await made).toBe('made');
  expect(heard).toEqual([0.2, 0.88, 0.9, null, 1]);
});
