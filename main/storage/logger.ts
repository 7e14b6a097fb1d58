/** The rotated log file of a profile: one JSON line an event; keys, signed links and the app's own address never get in. */
import { appendFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from '../services.ts';
import { makeOwnFolder, ownFile } from './ownOnly.ts';
import { redactValue } from './redact.ts';

const MAX_BYTES = 5_000_000;
/** A stack or the words of a tool; more would push everything else out of the file. */
const MAX_TEXT = 16_000;

export function createLogger(folder: string, name: string): Logger {
  const file = path.join(folder, `${name}.log`);
  const write = (level: string, event: string, detail?: Record<string, unknown>) => {
    try {
      makeOwnFolder(folder);
      rotate(file);
      const line = JSON.stringify({ at: new Date().toISOString(), level, event, ...detail }, clean);
      appendFileSync(file, `${line}\n`, { mode: ownFile });
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

function clean(name: string, value: unknown): unknown {
  const known = redactValue(name, value);
  return typeof known === 'string' && known.length > MAX_TEXT ? `${known.slice(0, MAX_TEXT)}…` : known;
}

function rotate(file: string): void {
  try {
    if (statSync(file).size > MAX_BYTES) renameSync(file, `${file}.1`);
  } catch {
    // Not there yet.
  }
}
