/**
 * Remembers over the ends of processes what tools have shown, in the folder that RESTAGE_TOOLS_MEMORY names: tests start the app hundreds of times
 * with the same ffmpeg. Without the variable, as people run it, every start looks for itself.
 */
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolderSync } from '../storage/makeFolder.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What `learn` answered for exactly these files (path, size, times, rights), now or before. A no is not kept. */
export async function remembered<T>(
  env: Env,
  about: { what: string; files: readonly string[] },
  learn: () => Promise<T>,
): Promise<T> {
  const memory = memoryFile(env, about);
  if (!memory) return await learn();
  try {
    return JSON.parse(readFileSync(memory, 'utf8')) as T;
  } catch {
    const learnt = await learn();
    if (learnt) keep(memory, JSON.stringify(learnt));
    return learnt;
  }
}

/** Several processes learn the same: each writes a whole file, the last one stays. */
function keep(file: string, text: string): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

function memoryFile(env: Env, { what, files }: { what: string; files: readonly string[] }): string | null {
  const folder = env.RESTAGE_TOOLS_MEMORY;
  if (!folder) return null;
  makeFolderSync(folder);
  const hash = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs, ctimeMs, mode } = statSync(file);
    hash.update(JSON.stringify([file, realpathSync(file), size, mtimeMs, ctimeMs, mode]));
  }
  return join(folder, `${what}-${hash.digest('hex')}.json`);
}
