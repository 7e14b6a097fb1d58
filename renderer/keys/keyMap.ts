/** Which keys do what now: the table, a program's set over it, a person's own choices over both. Pure. */
import type { Shortcuts } from '../../shared/contract/app.ts';
import { normalizeChord, typesText } from './chord.ts';
import { type CommandId, type CommandPlace, commandIds, commandOf, isCommandId } from './commands.ts';
import { keySets, pressableKeys } from './keySets.ts';

export type KeyMap = Readonly<Record<CommandId, readonly string[]>>;

export const noShortcuts: Shortcuts = { set: 'restage', own: {} };

/** The keys of a command before any choice of a person's own. */
function keysOfSet(set: Shortcuts['set'], id: CommandId, isMac: boolean): string[] {
  const own = keySets[set][id];
  if (own === undefined) return [...commandOf(id).keys];
  const pressable = pressableKeys(own, isMac);
  // A set that cannot be pressed here leaves the command its usual key.
  return own.length > 0 && pressable.length === 0 ? [...commandOf(id).keys] : pressable;
}

/** A chord that a person gave to one command is no longer the set's key of another. */
export function keyMapOf({ set, own }: Shortcuts, isMac: boolean): KeyMap {
  const chosen = new Map(
    commandIds.flatMap((id) => {
      const keys = Object.hasOwn(own, id) ? own[id] : undefined;
      return keys ? [[id, keys.flatMap((chord) => normalizeChord(chord) ?? [])] as const] : [];
    }),
  );
  const isTaken = (id: CommandId, chord: string) =>
    [...chosen].some(([other, keys]) => sharesPlace(other, id) && keys.includes(chord));
  const map = {} as Record<CommandId, readonly string[]>;
  for (const id of commandIds)
    map[id] = chosen.get(id) ?? keysOfSet(set, id, isMac).filter((chord) => !isTaken(id, chord));
  return map;
}

/** The command of a press among those that are listening; null: none. `isTyping`: only what types nothing and is meant to work then. */
export function findCommand(
  map: KeyMap,
  chords: readonly string[],
  options: { among: readonly CommandId[]; isTyping: boolean },
): CommandId | null {
  for (const chord of chords) {
    const found = options.among.find((id) => map[id].includes(chord));
    if (found && (!options.isTyping || (commandOf(found).whileTyping === true && !typesText(chord)))) return found;
  }
  return null;
}

function placesOf(id: CommandId): CommandPlace[] {
  const { place, also } = commandOf(id);
  return also ? [place, also] : [place];
}

function sharesPlace(one: CommandId, other: CommandId): boolean {
  const [a, b] = [placesOf(one), placesOf(other)];
  return one !== other && (a.includes('app') || b.includes('app') || a.some((place) => b.includes(place)));
}

/** The other command that a chord already means where `id` works. */
export function conflictOf(map: KeyMap, id: CommandId, chord: string): CommandId | null {
  return commandIds.find((other) => sharesPlace(other, id) && map[other].includes(chord)) ?? null;
}

/** Own choices of other commands without the chords that now belong to `id`. */
function without(own: Shortcuts['own'], id: CommandId, chords: readonly string[]): Shortcuts['own'] {
  const entries = Object.entries(own).map(([other, keys]) =>
    isCommandId(other) && sharesPlace(other, id)
      ? ([other, keys.filter((chord) => !chords.includes(chord))] as const)
      : ([other, keys] as const),
  );
  return Object.fromEntries(entries);
}

/** Gives `chord` to `id` as its only key, or beside those it has, and takes it from whoever had it there. */
export function assignKey(
  shortcuts: Shortcuts,
  { id, chord, isAdded }: { id: CommandId; chord: string; isAdded: boolean },
  isMac: boolean,
): Shortcuts {
  const kept = isAdded ? keyMapOf(shortcuts, isMac)[id].filter((key) => key !== chord) : [];
  const own = { ...without(shortcuts.own, id, [chord]), [id]: [...kept, chord] };
  return tidy({ ...shortcuts, own }, isMac);
}

export function removeKeys(shortcuts: Shortcuts, id: CommandId, isMac: boolean): Shortcuts {
  return tidy({ ...shortcuts, own: { ...shortcuts.own, [id]: [] } }, isMac);
}

/** Back to the set's keys, also those that were given to another command meanwhile. */
export function resetKeys(shortcuts: Shortcuts, id: CommandId, isMac: boolean): Shortcuts {
  const { [id]: _dropped, ...own } = shortcuts.own;
  return tidy({ ...shortcuts, own: without(own, id, keysOfSet(shortcuts.set, id, isMac)) }, isMac);
}

/** Differs from the set: by choice, or because its key was given away. */
export function isChanged(shortcuts: Shortcuts, id: CommandId, isMac: boolean): boolean {
  return String(keyMapOf(shortcuts, isMac)[id]) !== String(keysOfSet(shortcuts.set, id, isMac));
}

/** A choice that is the set's own is none; ids of other versions stay. */
function tidy({ set, own }: Shortcuts, isMac: boolean): Shortcuts {
  const kept = Object.entries(own).filter(
    ([id, keys]) => !isCommandId(id) || String(keys) !== String(keysOfSet(set, id, isMac)),
  );
  return { set, own: Object.fromEntries(kept) };
}
