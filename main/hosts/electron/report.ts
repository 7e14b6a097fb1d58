/** What a person copies when they ask for help: versions, and the end of the log, without keys, links and folders of theirs. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import { redact } from '../../storage/redact.ts';

const tailBytes = 12_000;

/** One line each. */
export function versionsText(): string {
  const { electron = '-', chrome = '-', node = '-', v8 = '-', sqlite = '-' } = process.versions;
  return [
    `Restage ${app.getVersion()}`,
    `Electron ${electron} · Chromium ${chrome} · Node ${node}`,
    `V8 ${v8} · SQLite ${sqlite}`,
    `${os.type()} ${os.release()} ${process.arch}`,
  ].join('\n');
}

export function reportText(profileDir: string): string {
  return `${versionsText()}\n\n${logTail(profileDir)}\n`;
}

/** Lines are redacted when they are written; here once more, and without the names of the person's folders. */
function logTail(profileDir: string): string {
  try {
    const file = openSync(path.join(profileDir, 'logs', 'restage.log'), 'r');
    try {
      const { size } = fstatSync(file);
      const length = Math.min(size, tailBytes);
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, size - length);
      const text = bytes.toString('utf8');
      const whole = size > length ? text.slice(text.indexOf('\n') + 1) : text;
      return redact(whole).replaceAll(profileDir, '<profile>').replaceAll(os.homedir(), '~').trim();
    } finally {
      closeSync(file);
    }
  } catch {
    return 'no log';
  }
}
