/** The profile's own sandbox: misbehaves by script (RESTAGE_SANDBOX_FAULTS=1), and ends with its test. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readPort, readSecrets } from '../../../main/sandbox/place.ts';

export async function scriptFaults(profileDir: string, rules: readonly object[]): Promise<void> {
  const dir = path.join(profileDir, 'sandbox');
  const response = await fetch(`http://127.0.0.1:${readPort(dir)?.port}/__sandbox/faults`, {
    method: 'POST',
    headers: { authorization: `Bearer ${readSecrets(dir).key}` },
    body: JSON.stringify({ rules }),
  });
  if (!response.ok) throw new Error(`faults: ${response.status} ${await response.text()}`);
}

/** It outlives the app by design, and would leave by itself some day. */
export async function stopSandbox(profileDir: string): Promise<void> {
  const dir = path.join(profileDir, 'sandbox');
  const record = existsSync(dir) ? readPort(dir) : null;
  if (!record) return;
  const response = await fetch(`http://127.0.0.1:${record.port}/`).catch(() => null);
  const hello = ((await response?.json()) ?? {}) as { pid?: number; sandbox?: string };
  if (hello.pid !== undefined && hello.sandbox === readSecrets(dir).identity) process.kill(hello.pid, 'SIGTERM');
}
