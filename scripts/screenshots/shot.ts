/** One pictured state of one screen. */
import type { Page } from '@playwright/test';

export interface Shot {
  /** `<screen>-<state>` */
  name: string;
  arrange(page: Page): Promise<void>;
  /** How long its pictures take to come in, such as those of the filmstrip: its words are there at once. */
  picturesMs?: number;
}
