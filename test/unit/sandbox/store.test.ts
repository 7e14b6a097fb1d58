/** The sandbox's ledger: what was appended is there after a restart, a torn line is not, sums hold. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileRecord, TaskRecord } from '../../../main/sandbox/ledger.ts';
import { openStore, type Store } from '../../../main/sandbox/store.ts';

let dir: string;
let store: Store;
let nowMs = 1_000_000;
const open = () => openStore(dir, () => nowMs);

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'restage-ledger-'));
  nowMs = 1_000_000;
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(dir, { recursive: true });
});

const reopen = () => {
  store.close();
  store = open();
};
const addFile = (fileId: string, lifeMs = 1000) => {
  writeFileSync(store.filePath(fileId), 'bytes');
  const names = { fileName: 'a', originalName: 'a', mimeType: 'x/y', uploadPath: '' };
  const file: FileRecord = { fileId, ...names, sizeBytes: 5, uploadedMs: nowMs, expiresMs: nowMs + lifeMs };
  store.addFile(file);
};
const addTask = (taskId: string, videoFileId = 'v', idempotencyKey: string | null = null) => {
  const task: TaskRecord = {
    taskId,
    model: 'kling-custom-element',
    createdMs: nowMs,
    takesMs: 0,
    idempotencyKey,
    bodySha256: 'x',
    reserved: '1',
    order: { kind: 'element', videoFileId, name: 'n', description: 'd' },
    plannedError: null,
  };
  store.addTask(task);
};
const finish = (taskId: string, charged: string, elementId: string | null = null) =>
  store.finish({
    taskId,
    finishedMs: nowMs,
    status: charged === '0' ? 'failed' : 'completed',
    charged,
    resultSeconds: null,
    elementId,
    error: null,
  });

describe('openStore', () => {
  it('remembers everything', () => {
    addFile('f');
    addTask('t1', 'f', 'key-1');
    finish('t1', '1', '4711');
    addTask('t2', 'f', 'key-2');
    reopen();
    expect(store.liveFile('f')?.sizeBytes).toBe(5);
    expect(store.taskOfKey('key-1')?.outcome?.charged).toBe('1');
    expect(store.hasElement('4711')).toBe(true);
    expect(store.tasks().map(({ task }) => task.taskId)).toEqual(['t2', 't1']);
    expect(store.balance()).toEqual({ remaining: '9998', used: '1', held: '1' });
  });

  it('gives back what a failed task held', () => {
    addTask('t');
    expect(store.balance().remaining).toBe('9999');
    finish('t', '0');
    expect(store.balance()).toEqual({ remaining: '10000', used: '0', held: '0' });
  });

  it('cuts off a torn line and goes on behind it', () => {
    addTask('t1');
    appendFileSync(path.join(dir, 'ledger.jsonl'), '{"kind":"task","ta');
    reopen();
    addTask('t2');
    reopen();
    expect(store.tasks()).toHaveLength(2);
    expect(readFileSync(path.join(dir, 'ledger.jsonl'), 'utf8')).not.toContain('"ta{');
  });

  it('drops bytes of deleted and expired files, but not while a task needs them', () => {
    addFile('needed');
    addFile('other');
    addTask('t', 'needed');
    store.deleteFile('needed');
    store.deleteFile('other');
    expect(store.liveFile('needed')).toBeNull();
    expect([existsSync(store.filePath('needed')), existsSync(store.filePath('other'))]).toEqual([true, false]);
    finish('t', '1');
    reopen();
    expect(existsSync(store.filePath('needed'))).toBe(false);
    addFile('old');
    nowMs += 1001;
    expect(store.liveFiles()).toEqual([]);
  });
});
