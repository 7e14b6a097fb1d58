/** What page and desktop host say to each other beside the contract: menus, commands chosen there, files opened there, what is to be shown. */
import { z } from 'zod';
import type { Result } from '../errors.ts';
import type { Asset } from './media.ts';

/** A command of the page's own list, as a menu shows it. Its name is the host's catalogue's. */
export const menuCommandSchema = z.object({
  id: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
  group: z.string().regex(/^[a-z]{1,20}$/),
  /** As `renderer/keys/chord.ts` writes it; null: none. */
  chord: z.string().max(40).nullable(),
  /** Somebody on the page can run it now. */
  isLive: z.boolean(),
});
export type MenuCommand = z.infer<typeof menuCommandSchema>;
export const menuCommandsSchema = z.array(menuCommandSchema).max(300);

export type HostMessage =
  /** Chosen in a menu: run it as its key would. */
  | { kind: 'command'; id: string }
  /** Opened with Restage, dropped on its icon, or named by a second start: taken in already, to be used as if dropped. */
  | { kind: 'opened'; files: { name: string; result: Result<Asset> }[] }
  /** A notification was clicked. */
  | { kind: 'show'; screen: 'queue' | 'library'; jobId: string | null; itemId: string | null };
