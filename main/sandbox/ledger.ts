/** The sandbox's memory: one JSON line per event, flushed before anybody is answered. */
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { makeFolderSync } from '../storage/makeFolder.ts';

export interface FileRecord {
  fileId: string;
  fileName: string;
  originalName: string;
  mimeType: string;
  uploadPath: string;
  sizeBytes: number;
  uploadedMs: number;
  expiresMs: number;
}

export interface TaskRecord {
  taskId: string;
  model: string;
  createdMs: number;
  takesMs: number;
  idempotencyKey: string | null;
  bodySha256: string;
  /** Credits, decimal. */
  reserved: string;
  /** What was ordered. */
  order: MotionOrder | ElementOrder;
  /** Set by a test: the task will fail with this code. */
  plannedError: string | null;
}

export interface MotionOrder {
  kind: 'motion';
  imageFileId: string;
  videoFileId: string;
  quality: '720p' | '1080p';
  orientation: 'image' | 'video';
  keepSound: boolean;
  elementId: string | null;
  referenceSeconds: number;
  referenceFrameRate: string;
  /** 1, or less: the result is shorter than the reference. */
  lengthRatio: number;
}

export interface ElementOrder {
  kind: 'element';
  videoFileId: string;
  name: string;
  description: string;
}

export interface Outcome {
  taskId: string;
  finishedMs: number;
  status: 'completed' | 'failed' | 'cancelled';
  /** Credits, decimal; '0' when released. */
  charged: string;
  resultSeconds: number | null;
  elementId: string | null;
  error: { code: string; message: string } | null;
}

export type LedgerEvent =
  | { kind: 'opened'; atMs: number; credits: string }
  | { kind: 'credits'; atMs: number; credits: string }
  | { kind: 'file'; file: FileRecord }
  | { kind: 'fileDeleted'; fileId: string; atMs: number }
  | { kind: 'task'; task: TaskRecord }
  | { kind: 'finished'; outcome: Outcome };

export interface Ledger {
  append(event: LedgerEvent): void;
  close(): void;
}

/** Reads what is there through `apply`, cuts off a line that a crash left half, and stays open for more. */
export function openLedger(dir: string, apply: (event: LedgerEvent) => void): Ledger {
  makeFolderSync(dir, { mode: 0o700 });
  const file = path.join(dir, 'ledger.jsonl');
  const descriptor = openSync(file, 'a+', 0o600);
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) ftruncateSync(descriptor, end);
  for (const line of bytes.subarray(0, end).toString('utf8').split('\n')) {
    if (line !== '') apply(JSON.parse(line) as LedgerEvent);
  }
  return {
    append(event) {
      writeSync(descriptor, `${JSON.stringify(event)}\n`);
      fsyncSync(descriptor);
      apply(event);
    },
    close: () => closeSync(descriptor),
  };
}
