/** The first thing to know about a test run: it runs on the Node that the app is built for. */
import { expect, it } from 'vitest';

it('runs on Node 24, whatever Node the system has', () => {
  expect(process.version).toMatch(/^v24\./);
});
