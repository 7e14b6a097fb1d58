/** Where a profile's sandbox is found: its key, its identity, and its port; and the lock by which it is one. */
import { randomBytes } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { startTimer } from '../storage/clock.ts';
import { errnoOf } from '../storage/files.ts';
import { makeFolderSync } from '../storage/makeFolder.ts';
import { tryLock } from '../storage/sqlite.ts';

export interface Secrets {
  /** What the API expects as bearer. */
  key: string;
  /** What the sandbox says of itself: another program on the same port cannot. */
  identity: string;
}

/** Held by the process that serves this folder; the system drops it with the process, however that ends. Null: another one has it. */
export function lockPlace(dir: string): { release(): void } | null {
  return tryLock(path.join(dir, 'sandbox.lock'));
}

/** Makes them at first; two starters at once agree on one pair. */
export function readSecrets(dir: string): Secrets {
  makeFolderSync(dir, { mode: 0o700 });
  const file = path.join(dir, 'secrets.json');
  const fresh: Secrets = {
    key: `sk-evo-sandbox-${randomBytes(18).toString('hex')}`,
    identity: randomBytes(18).toString('hex'),
  };
  createWhole(file, JSON.stringify(fresh));
  return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
}

/**
 * `port.<n>.json`: written once and never changed, the highest n counts. A new one is made only when a foreign program sits on the
 * recorded port; of two that try, one gets the name.
 */
export interface PortRecord {
  n: number;
  port: number;
}

export function readPort(dir: string): PortRecord | null {
  for (;;) {
    const n = recordNumbers(dir).at(-1);
    if (n === undefined) return null;
    try {
      const { port } = JSON.parse(readFileSync(recordPath(dir, n), 'utf8')) as { port: number };
      return { n, port };
    } catch (error) {
      // A newer record has just taken its place.
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
  }
}

/** False when another starter was first: read again. */
export function recordPort(dir: string, record: PortRecord): boolean {
  if (!createWhole(recordPath(dir, record.n), JSON.stringify({ port: record.port }))) return false;
  for (const n of recordNumbers(dir)) if (n < record.n) rmSync(recordPath(dir, n), { force: true });
  return true;
}

export type Hello = 'ours' | 'foreign' | 'nobody' | 'silent';

/** Who answers on the port. `silent`: something listens but has not said who it is in time, however it dawdles. */
export function helloOf(port: number, identity: string, timeoutMs = 2000): Promise<Hello> {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/', agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > 4096) request.destroy();
      });
      response.on('error', () => end('foreign'));
      response.on('close', () => end(text.includes(`"${identity}"`) ? 'ours' : 'foreign'));
    });
    // Of the whole exchange, not of one silence: a byte now and then is no answer.
    const deadline = startTimer(() => end('silent'), timeoutMs);
    function end(hello: Hello): void {
      clearTimeout(deadline);
      resolve(hello);
      request.destroy();
    }
    request.on('error', (error) => {
      // A sandbox that is just leaving resets; so may a foreign server that speaks no HTTP, which is then found out by listening.
      end(errnoOf(error) === 'ECONNREFUSED' || errnoOf(error) === 'ECONNRESET' ? 'nobody' : 'foreign');
    });
    // A switch of protocols is neither an answer nor an error.
    request.on('upgrade', () => end('foreign'));
  });
}

const recordPath = (dir: string, n: number) => path.join(dir, `port.${n}.json`);

function recordNumbers(dir: string): number[] {
  return readdirSync(dir)
    .flatMap((name) => /^port\.(\d+)\.json$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

/** The file appears with its whole content or not at all; false when it was there already. */
function createWhole(file: string, text: string): boolean {
  const temporary = `${file}.tmp-${randomBytes(4).toString('hex')}`;
  writeFileSync(temporary, text, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(temporary, file);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}
