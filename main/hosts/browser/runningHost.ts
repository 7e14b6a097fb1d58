/** Where a running browser host can be reached: a record in the profile for a second start, readable by its owner alone. */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { alivePath } from './wire.ts';

const recordSchema = z.object({ address: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }) });
const fileIn = (profileDir: string) => path.join(profileDir, 'browser-host.json');

/** The address is the key to the page: the file is made owner-only before it is named. */
export function recordRunningHost(profileDir: string, address: string): void {
  const file = fileIn(profileDir);
  const temporary = `${file}.tmp-${process.pid}`;
  fs.rmSync(temporary, { force: true });
  fs.writeFileSync(temporary, JSON.stringify({ address }), { mode: 0o600, flag: 'wx' });
  fs.renameSync(temporary, file);
}

/** Removes the record unless another host has written its own since. */
export function forgetRunningHost(profileDir: string, address: string): void {
  if (readRecord(profileDir) === address) fs.rmSync(fileIn(profileDir), { force: true });
}

/** The address of a browser host that answers now, or null. */
export async function findRunningHost(profileDir: string): Promise<string | null> {
  const address = readRecord(profileDir);
  if (address === null) return null;
  try {
    const answer = await fetch(new URL(alivePath, address), { redirect: 'error', signal: AbortSignal.timeout(2000) });
    return answer.ok && (await answer.text()) === 'restage\n' ? address : null;
  } catch {
    return null; // left behind by a process that was killed
  }
}

function readRecord(profileDir: string): string | null {
  try {
    return recordSchema.parse(JSON.parse(fs.readFileSync(fileIn(profileDir), 'utf8'))).address;
  } catch {
    return null; // none, or not one of ours
  }
}
