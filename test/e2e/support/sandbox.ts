/** Lets the profile's own sandbox misbehave by script (RESTAGE_SANDBOX_FAULTS=1). */
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
