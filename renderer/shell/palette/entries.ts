/** What the palette lists: commands, and everything that can be opened or used. */
import type { CommandId } from '../../keys/commands.ts';
import type { Matchable } from '../../text/matchEntries.ts';

export type ObjectKind = 'result' | 'job' | 'prepared' | 'clip' | 'character' | 'element' | 'setting';

export interface PaletteEntry extends Matchable {
  /** Unique in the list, also as an element's id. */
  id: string;
  kind: 'command' | ObjectKind;
  /** At the right: what it is, or where a command belongs that cannot be run here. */
  detail?: string;
  /** Whose key is printed beside it. */
  command?: CommandId;
  /** A command that nobody can run now: choosing it goes to where it belongs. */
  isElsewhere?: boolean;
  poster?: string;
  run: () => void;
}
