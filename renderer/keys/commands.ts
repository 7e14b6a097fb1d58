/** The one table of what keys can do: every command, where it works, and its keys until a person chooses others. Pure. */

/** `app` works everywhere, so its keys clash with those of every other place. */
export type CommandPlace = 'app' | 'create' | 'queue' | 'library';

export interface KeyCommand {
  /** The heading under which it is listed. */
  group: 'player' | 'trim' | 'order' | 'queue' | 'library' | 'compare' | 'app';
  place: CommandPlace;
  /** Works there as well: its keys clash with those of both places. */
  also?: CommandPlace;
  keys: readonly string[];
  /** Goes on while the key is held. */
  repeats?: true;
  /** Also while typing, where its keys type nothing. */
  whileTyping?: true;
  /** Also while a dialog is open, where it changes nothing of what is being done. */
  overDialogs?: true;
}

/** The player of Create is that of opened results too. */
const player = { group: 'player', place: 'create', also: 'library' } as const;
const cuts = { group: 'player', place: 'create' } as const;
const trim = { group: 'trim', place: 'create' } as const;
const order = { group: 'order', place: 'create' } as const;
const queue = { group: 'queue', place: 'queue' } as const;
const library = { group: 'library', place: 'library' } as const;
const compare = { group: 'compare', place: 'library' } as const;
const app = { group: 'app', place: 'app' } as const;
const held = { repeats: true } as const;
const scale = { ...app, whileTyping: true, overDialogs: true } as const;

export const keyCommands = {
  playPause: { ...player, keys: ['space'] },
  reverse: { ...player, keys: ['j'] },
  stop: { ...player, keys: ['k'] },
  forward: { ...player, keys: ['l'] },
  frameBack: { ...player, ...held, keys: ['left'] },
  frameForward: { ...player, ...held, keys: ['right'] },
  fiveBack: { ...player, ...held, keys: [] },
  fiveForward: { ...player, ...held, keys: [] },
  tenBack: { ...player, ...held, keys: ['shift+left'] },
  tenForward: { ...player, ...held, keys: ['shift+right'] },
  secondBack: { ...player, ...held, keys: [] },
  secondForward: { ...player, ...held, keys: [] },
  previousCut: { ...cuts, ...held, keys: ['up'] },
  nextCut: { ...cuts, ...held, keys: ['down'] },
  toStart: { ...player, keys: ['home'] },
  toEnd: { ...player, keys: ['end'] },
  goTo: { ...player, keys: ['g'] },
  loop: { ...player, keys: ['mod+l'] },
  markIn: { ...trim, keys: ['i'] },
  markOut: { ...trim, keys: ['o'] },
  goIn: { ...trim, keys: ['shift+i'] },
  goOut: { ...trim, keys: ['shift+o'] },
  zoomIn: { ...trim, ...held, keys: ['=', 'plus'] },
  zoomOut: { ...trim, ...held, keys: ['-'] },
  zoomFit: { ...trim, keys: ['\\'] },
  snapBeats: { ...trim, keys: ['b'] },
  crop: { ...trim, keys: ['c'] },
  framing: { ...trim, keys: ['f'] },
  generate: { ...order, whileTyping: true, keys: ['mod+enter'] },
  prepare: { ...order, whileTyping: true, keys: ['mod+shift+enter'] },
  rowUp: { ...queue, ...held, keys: ['up'] },
  rowDown: { ...queue, ...held, keys: ['down'] },
  moveUp: { ...queue, ...held, keys: ['alt+up'] },
  moveDown: { ...queue, ...held, keys: ['alt+down'] },
  moveTop: { ...queue, keys: ['alt+shift+up'] },
  pauseJob: { ...queue, keys: ['p'] },
  cancelJob: { ...queue, keys: ['delete', 'backspace'] },
  retryJob: { ...queue, keys: ['r'] },
  openResult: { ...queue, keys: ['enter'] },
  pauseAll: { ...queue, keys: ['shift+p'] },
  rate0: { ...library, keys: ['0'] },
  rate1: { ...library, keys: ['1'] },
  rate2: { ...library, keys: ['2'] },
  rate3: { ...library, keys: ['3'] },
  rate4: { ...library, keys: ['4'] },
  rate5: { ...library, keys: ['5'] },
  pick: { ...library, keys: ['p'] },
  reject: { ...library, keys: ['x'] },
  unflag: { ...library, keys: ['u'] },
  compare: { ...library, keys: ['c'] },
  cull: { ...library, keys: ['shift+c'] },
  previousResult: { ...library, ...held, keys: ['[', 'pageup'] },
  nextResult: { ...library, ...held, keys: [']', 'pagedown'] },
  previousVersion: { ...library, keys: ['up'] },
  nextVersion: { ...library, keys: ['down'] },
  addNote: { ...library, keys: ['m'] },
  previousNote: { ...library, keys: ['shift+up'] },
  nextNote: { ...library, keys: ['shift+down'] },
  showReference: { ...library, keys: ['r'] },
  hideResults: { ...library, keys: ['h'] },
  copyPaths: { ...library, keys: ['mod+shift+c'] },
  exportResults: { ...library, keys: ['e'] },
  trash: { ...library, keys: ['delete', 'backspace'] },
  viewSide: { ...compare, keys: ['s'] },
  viewFlip: { ...compare, keys: ['f'] },
  viewWipe: { ...compare, keys: ['w'] },
  viewDifference: { ...compare, keys: ['d'] },
  offsetBack: { ...compare, ...held, keys: [','] },
  offsetForward: { ...compare, ...held, keys: ['.'] },
  viewA: { ...compare, keys: ['a'] },
  viewB: { ...compare, keys: ['b'] },
  nextSound: { ...compare, keys: ['v'] },
  undo: { ...app, ...held, keys: ['mod+z'] },
  redo: { ...app, ...held, keys: ['mod+shift+z', 'mod+y'] },
  goCreate: { ...app, keys: ['mod+1'] },
  goMatrix: { ...app, keys: ['mod+8'] },
  goPrepared: { ...app, keys: ['mod+2'] },
  goQueue: { ...app, keys: ['mod+3'] },
  goLibrary: { ...app, keys: ['mod+4'] },
  goElements: { ...app, keys: ['mod+5'] },
  goSpend: { ...app, keys: ['mod+6'] },
  goSettings: { ...app, keys: ['mod+7'] },
  scaleUp: { ...scale, keys: ['mod+plus', 'mod+='] },
  scaleDown: { ...scale, keys: ['mod+-'] },
  scaleReset: { ...scale, keys: ['mod+0'] },
  palette: { ...app, whileTyping: true, keys: ['mod+k'] },
  sheet: { ...app, keys: ['?'] },
} as const satisfies Readonly<Record<string, KeyCommand>>;

export type CommandId = keyof typeof keyCommands;

export const commandIds = Object.keys(keyCommands) as CommandId[];
export const commandGroups = ['player', 'trim', 'order', 'queue', 'library', 'compare', 'app'] as const;

export function commandOf(id: CommandId): KeyCommand {
  return keyCommands[id];
}

export function isCommandId(id: string): id is CommandId {
  return Object.hasOwn(keyCommands, id);
}
