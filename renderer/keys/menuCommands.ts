/** The commands as a host's menus list them: the same table as the palette's and the sheet's, with the keys of now. Pure. */
import type { MenuCommand } from '../../shared/contract/hostMessages.ts';
import { type CommandId, commandIds, commandOf } from './commands.ts';
import type { KeyMap } from './keyMap.ts';

export function menuCommandsOf(map: KeyMap, isLive: (id: CommandId) => boolean): MenuCommand[] {
  return commandIds.map((id) => ({
    id,
    group: commandOf(id).group,
    chord: map[id][0] ?? null,
    isLive: isLive(id),
  }));
}
