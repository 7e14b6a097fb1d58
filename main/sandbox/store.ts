/** The sandbox's state, built from its ledger: files, tasks, idempotency keys, credits. */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { creditsToString, parseCredits } from '../../shared/money/pricing.ts';
import { makeFolderSync } from '../storage/makeFolder.ts';
import { type FileRecord, type LedgerEvent, type Outcome, openLedger, type TaskRecord } from './ledger.ts';

const initialCredits = '10000';

export interface TaskState {
  task: TaskRecord;
  outcome: Outcome | null;
}

interface Balance {
  /** Credits, decimal. */
  remaining: string;
  used: string;
  held: string;
}

export interface Store {
  folders: { files: string; results: string; incoming: string };
  addFile(file: FileRecord): void;
  deleteFile(fileId: string): void;
  /** Neither deleted nor expired. */
  liveFile(fileId: string): FileRecord | null;
  liveFiles(): FileRecord[];
  /** The bytes stay while an unfinished task needs them, deleted or not. */
  filePath(fileId: string): string;
  resultPath(taskId: string): string;
  addTask(task: TaskRecord): void;
  finish(outcome: Outcome): void;
  task(taskId: string): TaskState | null;
  /** Newest first. */
  tasks(): TaskState[];
  taskOfKey(idempotencyKey: string): TaskState | null;
  hasElement(elementId: string): boolean;
  balance(): Balance;
  setCredits(total: string): void;
  close(): void;
}

export function openStore(dir: string, now: () => number): Store {
  const folders = {
    files: path.join(dir, 'files'),
    results: path.join(dir, 'results'),
    incoming: path.join(dir, 'incoming'),
  };
  rmSync(folders.incoming, { recursive: true, force: true });
  for (const folder of Object.values(folders)) makeFolderSync(folder, { mode: 0o700 });

  const files = new Map<string, FileRecord>();
  const deleted = new Set<string>();
  const tasks = new Map<string, TaskState>();
  const keys = new Map<string, string>();
  const elements = new Set<string>();
  let credits: string | null = null;

  const apply = (event: LedgerEvent) => {
    switch (event.kind) {
      case 'opened':
      case 'credits':
        credits = event.credits;
        break;
      case 'file':
        files.set(event.file.fileId, event.file);
        break;
      case 'fileDeleted':
        deleted.add(event.fileId);
        break;
      case 'task':
        tasks.set(event.task.taskId, { task: event.task, outcome: null });
        // The newest task answers for a key that is used again after its life.
        if (event.task.idempotencyKey !== null) keys.set(event.task.idempotencyKey, event.task.taskId);
        break;
      case 'finished': {
        const state = tasks.get(event.outcome.taskId);
        if (state) state.outcome = event.outcome;
        if (event.outcome.elementId !== null) elements.add(event.outcome.elementId);
        break;
      }
    }
  };
  const ledger = openLedger(dir, apply);
  if (credits === null) ledger.append({ kind: 'opened', atMs: now(), credits: initialCredits });

  const isLive = (file: FileRecord) => !deleted.has(file.fileId) && file.expiresMs > now();
  const filePath = (fileId: string) => path.join(folders.files, fileId);
  const neededFiles = () =>
    new Set(
      [...tasks.values()].flatMap(({ task, outcome }) => {
        if (outcome) return [];
        return task.order.kind === 'motion'
          ? [task.order.imageFileId, task.order.videoFileId]
          : [task.order.videoFileId];
      }),
    );
  const sweep = () => {
    const needed = neededFiles();
    for (const name of readdirSync(folders.files)) {
      const file = files.get(name);
      if ((!file || !isLive(file)) && !needed.has(name)) rmSync(filePath(name), { force: true });
    }
  };
  sweep();

  return {
    folders,
    filePath,
    resultPath: (taskId) => path.join(folders.results, `${taskId}.mp4`),
    addFile: (file) => ledger.append({ kind: 'file', file }),
    deleteFile(fileId) {
      ledger.append({ kind: 'fileDeleted', fileId, atMs: now() });
      sweep();
    },
    liveFile(fileId) {
      const file = files.get(fileId);
      return file && isLive(file) ? file : null;
    },
    liveFiles: () => [...files.values()].filter(isLive),
    addTask: (task) => ledger.append({ kind: 'task', task }),
    finish: (outcome) => ledger.append({ kind: 'finished', outcome }),
    task: (taskId) => tasks.get(taskId) ?? null,
    tasks: () => [...tasks.values()].reverse(),
    taskOfKey: (key) => tasks.get(keys.get(key) ?? '') ?? null,
    hasElement: (elementId) => elements.has(elementId),
    balance() {
      let held = 0n;
      let used = 0n;
      for (const { task, outcome } of tasks.values()) {
        if (outcome) used += parseCredits(outcome.charged);
        else held += parseCredits(task.reserved);
      }
      const remaining = parseCredits(credits ?? '0') - used - held;
      return { remaining: creditsToString(remaining), used: creditsToString(used), held: creditsToString(held) };
    },
    setCredits: (total) => ledger.append({ kind: 'credits', atMs: now(), credits: total }),
    close: () => ledger.close(),
  };
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
export const newId = (prefix: string): string => `${prefix}${randomBytes(9).toString('hex')}`;
