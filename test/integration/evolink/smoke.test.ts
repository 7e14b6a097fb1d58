/** The smoke run against the sandbox: all of it holds, nothing is left behind; a wrong key fails every step but ends. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSmoke } from '../../../main/evolink/smoke.ts';
import { systemClock } from '../../../main/storage/clock.ts';
import { startSandbox, type TestSandbox } from '../sandbox/harness.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

describe('runSmoke', () => {
  it('holds against the sandbox, spends nothing and leaves nothing', async () => {
    const steps = await runSmoke({ client: sandbox.client, clock: systemClock });
    expect(steps.filter((step) => !step.holds)).toEqual([]);
    expect(steps).toHaveLength(8);
    expect(await sandbox.client.quota()).toMatchObject({ usedFiles: 0 });
    expect(await sandbox.client.credits()).toEqual({ remaining: '10000', used: '0' });
  });

  it('finds files that live too short', async () => {
    await sandbox.admin('POST', 'switches', { fileLifeMs: 3_600_000 });
    const steps = await runSmoke({ client: sandbox.client, clock: systemClock });
    expect(steps.filter((step) => !step.holds).map((step) => step.name)).toEqual(['5 expiry: about 72 hours']);
  });

  it('says what failed with a key that is not taken', async () => {
    const seen: string[] = [];
    const client = sandbox.clientWith({ key: 'sk-evo-wrong' });
    const steps = await runSmoke({ client, clock: systemClock, onStep: (step) => seen.push(step.seen) });
    expect(steps.every((step) => !step.holds)).toBe(true);
    expect(seen[0]).toMatch(/auth/);
  });
});
