import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/testing/longestFirst.ts';

const electronAbsent = path.join(import.meta.dirname, 'main/settings/electronAbsent.ts');
const alias = { electron: electronAbsent };
// electron-store must be inlined, or its own import of electron escapes the alias and tries to download the runtime.
const server = { deps: { inline: ['electron-store'] } };

/** Tests that start processes, encode, and wait for servers. */
const onRealThings = {
  environment: 'node',
  env: {
    // The app is started hundreds of times, with the same ffmpeg, from the same sources, and orders the same clips.
    RESTAGE_TOOLS_MEMORY: path.join(import.meta.dirname, 'node_modules/.cache/tools'),
    RESTAGE_SANDBOX_MEMORY: path.join(import.meta.dirname, 'node_modules/.cache/results'),
    NODE_COMPILE_CACHE: path.join(import.meta.dirname, 'node_modules/.cache/compiled'),
  },
  // One process per core for all files, as below: loading the app anew for each file takes longer than most of them.
  isolate: false,
  testTimeout: 240_000,
  hookTimeout: 240_000,
  // A machine shared with others may stall a process start; a second failure is a failure.
  retry: process.env.CI ? 1 : 0,
  server,
} as const;

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        resolve: { alias },
        // One process per core for all files: a process per file costs more than the tests themselves.
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/unit/**/*.test.ts'],
          isolate: false,
          testTimeout: 30_000,
          server,
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'web',
          environment: 'jsdom',
          // As above: the page's own modules take longer to load than to test. What a test leaves in them it or the set-up takes away.
          isolate: false,
          include: ['test/unit/**/*.test.tsx'],
          setupFiles: ['test/unit/setupWeb.ts'],
        },
      },
      {
        resolve: { alias },
        test: { ...onRealThings, name: 'integration', include: ['test/integration/**/*.test.ts'] },
      },
      {
        resolve: { alias },
        // Seeded tests once more, with many seeds, and what is long and rarely breaks.
        test: {
          ...onRealThings,
          name: 'seeds',
          include: ['test/**/*.seeds.test.ts'],
          setupFiles: ['test/fixtures/longSetup.ts'],
        },
      },
    ],
  },
});
