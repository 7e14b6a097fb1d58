/** One filled library in a process of its own, so that the memory and the files of one size do not weigh on the next: prints its timings as JSON. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { type FileLayer, systemFiles } from '../../main/library/files.ts';
import { createLibraryKeeper } from '../../main/library/keeper.ts';
import { openLibraryStore } from '../../main/library/store.ts';
import { createTools } from '../../main/media/tools.ts';
import { systemClock } from '../../main/storage/clock.ts';
import { libraryCommands } from '../../shared/contract/libraryCommands.ts';
import { fillLibrary } from '../fixtures/fillLibrary.ts';
import { silentLogger } from '../fixtures/media.ts';
import { percentile, timeQuestions } from './libraryQueries.ts';

const [folder = '', countText = '1000', runsText = '20'] = process.argv.slice(2);
const [count, runs] = [Number(countText), Number(runsText)];
const [profileDir, libraryDir] = [path.join(folder, 'profile'), path.join(folder, 'library')];

const { path: ffmpeg } = await createTools({ env: process.env, logger: silentLogger }).ffmpeg();
const filledMs = await spent(() =>
  fillLibrary({ profileDir, libraryDir, count, ffmpeg, hasSidecars: count <= 10_000 }),
);
const library = openLibraryStore(profileDir);
await library.tidy();

/** A network drive: every question takes 200 ms. */
const slowFiles: FileLayer = Object.fromEntries(
  Object.entries(systemFiles).map(([name, ask]) => [
    name,
    name === 'watch'
      ? () => null
      : async (...args: unknown[]) => {
          await new Promise((resolve) => setTimeout(resolve, 200));
          return (ask as (...args: unknown[]) => unknown)(...args);
        },
  ]),
) as unknown as FileLayer;

const near = await timeQuestions(library, runs);
const keeper = createLibraryKeeper({
  ...{ library, clock: systemClock, logger: silentLogger, files: slowFiles },
  ...{ folders: () => [libraryDir], onMoved: () => {}, onChanged: () => {}, onParting: () => {} },
});
keeper.lookSoon();
const far = await timeQuestions(library, runs, () => keeper.lookSoon());
await keeper.close();

const whole = {
  outline: await p95(() => library.outline(libraryCommands['library.outline'].input.parse({}))),
  facets: await p95(() => library.facets({ query: '' })),
  ids: await p95(() => library.ids(libraryCommands['library.ids'].input.parse({}))),
};
library.close();
const bytes = statSync(path.join(profileDir, 'library.db')).size;
process.stdout.write(JSON.stringify({ count, filledMs, bytesPerItem: bytes / count, near, far, whole }));

async function spent(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

async function p95(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 5; n += 1) times.push(await spent(work));
  return percentile(times, 0.95);
}
