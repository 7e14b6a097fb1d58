/** The program as it lies in a checkout or beside its built files: version, samples, and how it starts a process of itself. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Program } from './cliIo.ts';

/** `entry`: the file that Node was started with, in source (`main/hosts/cli/index.ts`) or built (`out/node/cli.js`). */
export function checkoutProgram(entry: string): Program {
  const root = findRoot(path.dirname(entry));
  return {
    host: 'cli',
    version: versionOf(root),
    samplesDir: path.join(root, 'samples'),
    selfCommand: { command: process.execPath, args: [entry] },
  };
}

function findRoot(from: string): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder;
    if (path.dirname(folder) === folder) return from;
  }
}

function versionOf(root: string): string {
  const document: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const hasVersion = typeof document === 'object' && document !== null && 'version' in document;
  return hasVersion ? String(document.version) : '0.0.0';
}
