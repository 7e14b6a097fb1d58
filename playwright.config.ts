/** End-to-end tests: the same journeys in both hosts; Electron's are skipped, and counted, where its runtime is missing. What has the tag `@long` is for `npm run test:long` (project `long`). */
import { defineConfig } from '@playwright/test';
import type { HostOptions } from './test/e2e/fixtures.ts';

export default defineConfig<HostOptions>({
  testDir: 'test/e2e',
  globalSetup: './test/e2e/globalSetup.ts',
  timeout: 300_000,
  expect: { timeout: 45_000 },
  forbidOnly: process.env.CI !== undefined,
  // Each test starts an app of its own, with ffmpeg behind it: more at once only makes all of them slow.
  workers: 2,
  fullyParallel: true,
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    // What is not there to be pressed is said long before the test's own time is over.
    actionTimeout: 60_000,
    // Keeping a trace takes as long as the journey: RESTAGE_TRACE=1 keeps those of failures.
    trace: process.env.RESTAGE_TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'browser', grepInvert: /@long/, outputDir: 'test-results/browser', use: { host: 'browser' } },
    { name: 'electron', outputDir: 'test-results/electron', use: { host: 'electron' } },
    {
      name: 'long',
      grep: /@long/,
      outputDir: 'test-results/long',
      use: { host: 'browser' },
    },
  ],
});
