/** Names for files that are being made beside their place: whose they are can be told, and what a kill has left is swept. */
import { createHash, randomBytes } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { errnoOf } from './files.ts';

/** Longer than anything takes: what another machine left on a shared drive. */
const STALE_MS = 12 * 3_600_000;

const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** `<prefix>-<machine>-<process>-<random>.<extension>` */
export const partName = (prefix: string, extension: string): string =>
  `${prefix}-${machine}-${process.pid}-${randomBytes(4).toString('hex')}.${extension}`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}

/** Left by a kill: its process is gone, or it is too old to be anybody's. */
async function isLeft(file: string): Promise<boolean> {
  const [, host, pid] = /-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}\.\w+$/.exec(path.basename(file)) ?? [];
  if (host === machine && Number(pid) !== process.pid && !isAlive(Number(pid))) return true;
  const found = await lstat(file).catch(() => null);
  return found?.isFile() === true && Date.now() - found.mtimeMs > STALE_MS;
}

/** Removes what was left under names that `isPart` knows; folders that cannot be looked into are left alone. */
export async function sweepParts(folder: string, isPart: (name: string) => boolean): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const file = path.join(folder, name);
    if (isPart(name) && (await isLeft(file))) await rm(file, { force: true }).catch(() => undefined);
  }
}
