/** One pictured state of one screen. */
import type { Page } from '@playwright/test';
import type { TestSandbox } from '../../test/integration/sandbox/harness.ts';

/** What a state is made from beside the page. */
export interface Place {
  profileDir: string;
  libraryDir: string;
  /** Stands for EvoLink where the account pays. */
  evolink: TestSandbox;
}

export interface Shot {
  /** `<screen>-<state>` */
  name: string;
  arrange(page: Page, place: Place): Promise<void>;
  /** How long its pictures take to come in, such as those of the filmstrip: its words are there at once. */
  picturesMs?: number;
}
