/** Where a running browser host can be reached: a record in the profile for a second start, readable by its owner alone. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { isProof, nonceHeader, proofOf } from './controlProof.ts';
import { addressRoute, handOffRoute } from './wire.ts';

const recordSchema = z.object({
  origin: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }),
  secret: z.string().regex(/^[0-9a-f]{64}$/),
});
export type HostRecord = z.infer<typeof recordSchema>;
const fileIn = (profileDir: string) => path.join(profileDir, 'browser-host.json');

/** What it holds opens the page: the file is made owner-only before it is named. */
export function recordRunningHost(profileDir: string, record: HostRecord): void {
  const file = fileIn(profileDir);
  const temporary = `${file}.tmp-${process.pid}`;
  fs.rmSync(temporary, { force: true });
  fs.writeFileSync(temporary, JSON.stringify(record), { mode: 0o600, flag: 'wx' });
  fs.renameSync(temporary, file);
}

/** Removes the record unless another host has written its own since. */
export function forgetRunningHost(profileDir: string, { secret }: HostRecord): void {
  if (readRecord(profileDir)?.secret === secret) fs.rmSync(fileIn(profileDir), { force: true });
}

export interface RunningHost {
  /** A new address for a person, good once. */
  address(): Promise<string | null>;
  /** A file to start a browser with, good once. */
  handOff(): Promise<string | null>;
}

/** The browser host that answers now for this profile, or null. */
export async function findRunningHost(profileDir: string): Promise<RunningHost | null> {
  const record = readRecord(profileDir);
  if (record === null) return null;
  const address = () => ask(record, addressRoute);
  const host = { address, handOff: () => ask(record, handOffRoute) };
  return (await address()) === null ? null : host;
}

async function ask({ origin, secret }: HostRecord, route: string): Promise<string | null> {
  try {
    const nonce = randomBytes(16).toString('hex');
    const answer = await fetch(new URL(route, origin), {
      method: 'POST',
      headers: { [nonceHeader]: nonce, authorization: `Bearer ${proofOf(secret, 'ask', route, nonce)}` },
      redirect: 'error',
      signal: AbortSignal.timeout(2000),
    });
    const [, proof = '', said = ''] = /^([0-9a-f]{64}) (.+)\n$/.exec(await answer.text()) ?? [];
    return answer.ok && isProof(proof, proofOf(secret, 'answer', nonce, said)) ? said : null;
  } catch {
    return null; // left behind by a process that was killed
  }
}

function readRecord(profileDir: string): HostRecord | null {
  try {
    return recordSchema.parse(JSON.parse(fs.readFileSync(fileIn(profileDir), 'utf8')));
  } catch {
    return null; // none, or not one of ours
  }
}
