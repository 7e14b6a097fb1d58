/**
 * The keys of the editing programs, as far as they differ from ours: I, O, J, K, L, Space, arrows, Home, End and undo are the same in all.
 * Premiere Pro steps five frames with Shift and an arrow, DaVinci Resolve a second. Resolve: = asks for a timecode, Shift+Z fits,
 * Ctrl with = and - zooms, Ctrl+/ loops. Final Cut Pro: Ctrl+P asks for a timecode, Shift+Z fits, Cmd with = and - zooms: in these two it
 * is the timeline's, and the size of the interface is left to Settings and the palette. Pure.
 */
import type { KeySetName } from '../../shared/words/keySetNames.ts';
import type { CommandId } from './commands.ts';

type KeySet = Readonly<Partial<Record<CommandId, readonly string[]>>>;

export const keySets: Readonly<Record<KeySetName, KeySet>> = {
  restage: {},
  premiere: {
    fiveBack: ['shift+left'],
    fiveForward: ['shift+right'],
    tenBack: [],
    tenForward: [],
  },
  resolve: {
    secondBack: ['shift+left'],
    secondForward: ['shift+right'],
    tenBack: [],
    tenForward: [],
    goTo: ['='],
    loop: ['mod+/'],
    zoomIn: ['mod+=', 'mod+plus'],
    zoomOut: ['mod+-'],
    zoomFit: ['shift+z'],
    scaleUp: [],
    scaleDown: [],
  },
  finalCut: {
    goTo: ['ctrl+p'],
    zoomIn: ['mod+=', 'mod+plus'],
    zoomOut: ['mod+-'],
    zoomFit: ['shift+z'],
    scaleUp: [],
    scaleDown: [],
  },
};

/** A Control key apart from Command exists on a Mac alone: elsewhere these chords cannot be pressed. */
export function pressableKeys(keys: readonly string[], isMac: boolean): string[] {
  return isMac ? [...keys] : keys.filter((chord) => !chord.split('+').includes('ctrl'));
}
