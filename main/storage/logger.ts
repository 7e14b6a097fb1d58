/** The rotated log file of a profile: one JSON line an event; keys and signed queries never get in. */
import { appendFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from '../services.ts';
import { makeFolderSync } from './makeFolder.ts';

const MAX_BYTES = 5_000_000;

/** Bearer values, our key form, and the query of any URL (it may be a signature). */
export function redact(text: string): string {
  return text
    .replace(/sk-[A-Za-z0-9_-]{4,}/g, 'sk-…')
    .replace(/Bearer\s+[^\s"']+/gi, 'Bearer …')
    .replace(/(https?:\/\/[^\s"'?]+)\?[^\s"']*/g, '$1?…');
}

export function createLogger(folder: string, name: string): Logger {
  const file = path.join(folder, `${name}.log`);
  const write = (level: string, event: string, detail?: Record<string, unknown>) => {
    try {
      makeFolderSync(folder);
      rotate(file);
      appendFileSync(file, `${redact(JSON.stringify({ at: new Date().toISOString(), level, event, ...detail }))}\n`, {
        mode: 0o600,
      });
    } catch {
      // A log that cannot be written (disk full, folder gone) must not stop the work it speaks of.
    }
  };
  return {
    info: (event, detail) => write('info', event, detail),
    warn: (event, detail) => write('warn', event, detail),
    error: (event, detail) => write('error', event, detail),
  };
}

function rotate(file: string): void {
  try {
    if (statSync(file).size > MAX_BYTES) renameSync(file, `${file}.1`);
  } catch {
    // Not there yet.
  }
}
