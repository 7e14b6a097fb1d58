/** The built Electron entry tells of a finished result while nobody looks, and comes to the front when it is clicked. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommandName } from '../../../shared/contract/index.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import type { Result } from '../../../shared/errors.ts';
import { type RunningElectron, startElectron } from './startElectron.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-notify-'));
let electron: RunningElectron;

beforeAll(async () => {
  electron = await startElectron({
    args: ['--profile', path.join(folder, 'profile'), '--library', path.join(folder, 'library')],
    // Three results one after the other: each would be asked for every eight seconds only.
    env: { EVOLINK_API_KEY: '', RESTAGE_SANDBOX_TASK_SECONDS: '0.3', RESTAGE_WATCH_INTERVAL_MS: '100' },
  });
});
afterAll(async () => {
  await electron.quit();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function call<T>(command: CommandName, input: unknown): Promise<T> {
  const result = await electron.ask<Result<T>>('page', { method: 'call', args: [command, input] });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function finish(orderId: string): Promise<void> {
  const sample = await call<{ videoId: string; imageId: string }>('app.loadSample', {});
  const recipe = { kind: 'motion', ...sample, orientation: 'video', quality: '720p' };
  const [job] = await call<Job[]>('jobs.order', { cells: [{ orderId, recipe }] });
  const state = async () => (await call<Job>('jobs.get', { id: job?.id })).state;
  await expect.poll(state, { timeout: 120_000, interval: 200 }).toBe('completed');
}

/** F11: file and icon are looked up when the pointer goes down; the drag itself is the system's within the same turn. */
async function dragsOut(itemId: string, file: string): Promise<void> {
  await electron.ask('page', { method: 'prepareDrag', args: [[itemId]] });
  // Any further answer comes later than what a pressed pointer set off, but for the poster's picture.
  await call('library.get', { id: itemId });
  await electron.ask('page', { method: 'dragOut', args: [[itemId]] });
  await expect.poll(async () => (await describeApp()).dragged).toEqual([{ file, files: [file], isIconEmpty: false }]);
}

interface Description {
  dragged: { file: string; files: string[]; isIconEmpty: boolean }[];
  notified: { title: string; body: string }[];
  windows: { focusCount?: number }[];
}
const describeApp = () => electron.ask<Description>('describe');

it('in the language that is set, and brings the window to the front', async () => {
  await call('settings.set', { language: 'ja' });
  await electron.ask('focus', { isFocused: false });
  await finish('notify-order-1');
  await expect
    .poll(async () => (await describeApp()).notified, { timeout: 15_000 })
    .toEqual([{ title: '結果が完成しました', body: expect.stringMatching(/^dance\.mp4 → wanderer\.jpg$/) }]);
  expect((await describeApp()).windows[0]?.focusCount).toBeUndefined();
  await electron.ask('listenToHost');
  await electron.ask('clickNotification');
  expect((await describeApp()).windows[0]?.focusCount).toBe(1);
  // F17: the click leads to the very result.
  const [job] = await call<Job[]>('jobs.list', {});
  const shown = { kind: 'show', screen: 'library', jobId: job?.id, itemId: job?.resultItemId };
  expect(await electron.ask('heard')).toEqual([{ event: 'host', payload: shown }]);
  await dragsOut(job?.resultItemId ?? '', job?.file ?? '');

  // Neither while somebody looks, nor when it is switched off: what is told next is not of these two.
  await electron.ask('focus', { isFocused: true });
  await finish('notify-order-2');
  await new Promise((resolve) => setTimeout(resolve, 4000));
  await electron.ask('focus', { isFocused: false });
  await call('settings.set', { notifications: { finished: false, attention: true, linkDies: true } });
  await finish('notify-order-3');
  await new Promise((resolve) => setTimeout(resolve, 4000));
  expect((await describeApp()).notified).toHaveLength(1);
});
