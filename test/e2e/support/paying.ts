/** A paying account: a second sandbox of the test's own stands for EvoLink. */
import { startSandbox, type TestSandbox } from '../../integration/sandbox/harness.ts';
import { test as base } from '../fixtures.ts';

export const test = base.extend<{ evolink: TestSandbox }>({
  evolink: async ({}, use) => {
    const evolink = await startSandbox({ RESTAGE_SANDBOX_TASK_SECONDS: '0.5' });
    await use(evolink);
    await evolink.stop();
  },
  moreEnv: async ({ evolink }, use) => {
    await use({ RESTAGE_API_URL: evolink.origin, RESTAGE_FILES_URL: evolink.origin });
  },
});

/** What the account was asked for, and charged. */
export const ledger = async (evolink: TestSandbox) =>
  ((await evolink.admin('GET', 'ledger')) as { tasks: { taskId: string }[] }).tasks;
