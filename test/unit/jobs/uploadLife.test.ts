/** How long an upload counts as alive: with two hours left, with half of a short life left, and when the server's clock makes no sense. */
import { expect, it } from 'vitest';
import { isUploadAlive } from '../../../main/jobs/stages/upload.ts';

const HOUR_MS = 3600_000;
const now = Date.parse('2026-05-01T12:00:00Z');
const upload = (createdAgoMs: number, expiresInMs: number) => ({
  ...{ fileId: 'f', url: '/files/f/x.mp4', sha256: 'x' },
  createdAt: new Date(now - createdAgoMs).toISOString(),
  expiresAt: new Date(now + expiresInMs).toISOString(),
});

it.each([
  ['three days, just made', upload(0, 72 * HOUR_MS), true],
  ['two hours left', upload(70 * HOUR_MS, 2 * HOUR_MS), true],
  ['less than two hours left', upload(70.1 * HOUR_MS, 1.9 * HOUR_MS), false],
  ['a life of one hour, just made', upload(0, HOUR_MS), true],
  ['a life of one hour, half of it left', upload(HOUR_MS / 2, HOUR_MS / 2), true],
  ['a life of one hour, less than half of it left', upload(0.6 * HOUR_MS, 0.4 * HOUR_MS), false],
  ['dead when it was made, and just made', upload(1000, -HOUR_MS), true],
  ['dead when it was made, long ago', upload(3 * HOUR_MS, -4 * HOUR_MS), false],
  ['made in the future', upload(-24 * HOUR_MS, 72 * HOUR_MS), false],
])('%s', (_name, row, isAlive) => {
  expect(isUploadAlive(row, now)).toBe(isAlive);
});

it('is not alive when there is none', () => {
  expect(isUploadAlive(null, now)).toBe(false);
});
