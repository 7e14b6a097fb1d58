/** A free look at the real provider with a person's key: credits, quota, one small upload and its deletion; says what of the contract held. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { Clock, EvolinkClient, UploadedFile } from '../services.ts';

export interface SmokeStep {
  /** The section of the contract, and what was tried. */
  name: string;
  holds: boolean;
  /** What was seen: numbers, or the failure's words. */
  seen: string;
}

const expectedLifeHours = 72;

/** Never throws for what the provider does: every step says whether it held. Costs nothing. */
export async function runSmoke(options: {
  client: EvolinkClient;
  clock: Clock;
  signal?: AbortSignal;
  onStep?: (step: SmokeStep) => void;
}): Promise<SmokeStep[]> {
  const { client, clock, signal } = options;
  const steps: SmokeStep[] = [];
  const attempt = async <T>(name: string, work: () => Promise<{ seen: string; value: T }>): Promise<T | null> => {
    const step: SmokeStep = { name, holds: false, seen: '' };
    try {
      const { seen, value } = await work();
      Object.assign(step, { holds: true, seen });
      return value;
    } catch (error) {
      step.seen = error instanceof Error ? error.message : String(error);
      return null;
    } finally {
      steps.push(step);
      options.onStep?.(step);
    }
  };

  await attempt('6 credits: the key works, the balance can be read', async () => {
    const credits = await client.credits(signal);
    return { seen: `${credits.remaining} left, ${credits.used ?? '?'} used`, value: null };
  });
  await attempt('3 task list: rows can be read', async () => {
    const rows = await client.listTasks({ pageSize: 5, ...(signal ? { signal } : {}) });
    return { seen: `${rows.length} rows${rows[0] ? `, newest ${rows[0].createdAt}` : ''}`, value: null };
  });
  await attempt('3 batch: unknown ids are absent', async () => {
    const found = await client.tasks(['task-unified-0-restagesmoke'], signal);
    if (found.size > 0) throw new Error(`${found.size} tasks for an id that cannot exist`);
    return { seen: 'absent', value: null };
  });
  const before = await attempt('5 quota: counts can be read', async () => {
    const quota = await client.quota(signal);
    return { seen: `${quota.usedFiles} of ${quota.maxFiles} files`, value: quota };
  });
  const file = await attempt('5 upload: a small PNG goes up', () => uploadTiny(client, signal));
  if (!file) return steps;
  await attempt(`5 expiry: about ${expectedLifeHours} hours`, async () => {
    const hours = (Date.parse(file.expiresAt) - clock.now()) / 3_600_000;
    if (Math.abs(hours - expectedLifeHours) > 2) throw new Error(`${hours.toFixed(1)} hours (${file.expiresAt})`);
    return { seen: `${hours.toFixed(1)} hours`, value: null };
  });
  await attempt('5 quota: the upload counts', async () => {
    const quota = await client.quota(signal);
    if (before?.usedFiles != null && quota.usedFiles !== before.usedFiles + 1)
      throw new Error(`${quota.usedFiles} files`);
    return { seen: `${quota.usedFiles} of ${quota.maxFiles} files`, value: null };
  });
  // Without the signal: what was put there is taken away even when a person has interrupted.
  await attempt('5 deletion: the file can be deleted', async () => {
    await client.deleteFile(file.fileId);
    return { seen: file.fileId, value: null };
  });
  return steps;
}

async function uploadTiny(
  client: EvolinkClient,
  signal: AbortSignal | undefined,
): Promise<{ seen: string; value: UploadedFile }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'restage-smoke-'));
  try {
    const file = path.join(folder, 'restage-smoke.png');
    await writeFile(file, plainPng(320));
    const value = await client.uploadFile({
      path: file,
      fileName: 'restage-smoke.png',
      mimeType: 'image/png',
      ...(signal ? { signal } : {}),
    });
    return { seen: `${value.sizeBytes} bytes, ${new URL(value.fileUrl).host}`, value };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A grey square, legal as a character image. */
function plainPng(sidePx: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(sidePx, 0);
  header.writeUInt32BE(sidePx, 4);
  header.set([8, 0, 0, 0, 0], 8); // eight bits, grey, no interlace
  const rows = Buffer.alloc((sidePx + 1) * sidePx, 128);
  for (let row = 0; row < sidePx; row++) rows[row * (sidePx + 1)] = 0; // no filter
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
