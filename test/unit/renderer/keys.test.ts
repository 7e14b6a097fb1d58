/** Shortcuts: how presses read on any keyboard, which command they mean, and what choosing other keys does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chordsOf, isSystemChord, type KeyPress, normalizeChord, typesText } from '../../../renderer/keys/chord.ts';
import { type CommandId, commandIds } from '../../../renderer/keys/commands.ts';
import {
  assignKey,
  conflictOf,
  findCommand,
  isChanged,
  type KeyMap,
  keyMapOf,
  noShortcuts,
  removeKeys,
  resetKeys,
} from '../../../renderer/keys/keyMap.ts';
import { type Shortcuts, settingsPatchSchema } from '../../../shared/contract/app.ts';
import { keySetNames } from '../../../shared/words/keySetNames.ts';

function press(key: string, code: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}
const shift = { shiftKey: true };
const ctrl = { ctrlKey: true };

describe('a press', () => {
  it.each([
    ['the letter that is printed', press('j', 'KeyJ'), ['j']],
    ['Caps Lock', press('J', 'KeyJ'), ['j']],
    ['with Shift', press('I', 'KeyI', shift), ['shift+i']],
    ['AZERTY: what says Z is Z', press('z', 'KeyW', ctrl), ['mod+z']],
    ['Dvorak', press('j', 'KeyC'), ['j']],
    ['Hangul: the place decides', press('ㅓ', 'KeyJ'), ['j']],
    ['kana', press('ま', 'KeyJ'), ['j']],
    ['Cyrillic with Ctrl', press('я', 'KeyZ', ctrl), ['mod+z']],
    ['Space', press(' ', 'Space'), ['space']],
    ['an arrow with Shift', press('ArrowLeft', 'ArrowLeft', shift), ['shift+left']],
    ['? on a US keyboard', press('?', 'Slash', shift), ['?']],
    ['? on a German keyboard', press('?', 'Minus', shift), ['?']],
    ['/ on a German keyboard', press('/', 'Digit7', shift), ['shift+7', '/']],
    ['\\ by AltGr', press('\\', 'Minus', { ctrlKey: true, altKey: true, getModifierState: () => true }), ['\\']],
    ['1 on AZERTY', press('&', 'Digit1'), ['1', '&']],
    ['1 on AZERTY with Shift', press('1', 'Digit1', shift), ['shift+1', '1']],
    ['1 of the number pad', press('1', 'Numpad1'), ['1']],
    ['plus', press('+', 'Equal', shift), ['plus']],
    ['Ctrl and plus', press('+', 'Equal', { ...ctrl, ...shift }), ['mod+plus']],
    ['a function key', press('F2', 'F2'), ['f2']],
    ['a lone modifier', press('Shift', 'ShiftLeft', shift), []],
    ['text of an input method', press('Process', ''), []],
    ['a dead key', press('Dead', 'BracketLeft'), []],
    ['the Windows key', press('l', 'KeyL', { metaKey: true }), []],
  ])('%s', (_name, event, chords) => expect(chordsOf(event, false)).toEqual(chords));

  it.each([
    ['Command', press('z', 'KeyZ', { metaKey: true }), ['mod+z']],
    ['Control', press('p', 'KeyP', ctrl), ['ctrl+p']],
    ['Option writes another letter', press('¬', 'KeyL', { altKey: true }), ['alt+l']],
  ])('on a Mac: %s', (_name, event, chords) => expect(chordsOf(event, true)).toEqual(chords));

  it('is recorded in a form that reads the same again', () => {
    const presses = [
      press('I', 'KeyI', { ...shift, ...ctrl, altKey: true }),
      press('+', 'Equal', ctrl),
      press('=', 'Equal'),
    ];
    for (const event of presses) {
      const [chord = ''] = chordsOf(event, false);
      expect(normalizeChord(chord)).toBe(chord);
    }
    expect(normalizeChord('Shift+Mod+z')).toBe('mod+shift+z');
    expect(['', 'mod', 'mod+', 'mod+mod+z', 'hyper+z', 'words'].map(normalizeChord)).toEqual(Array(6).fill(null));
  });

  it('knows what types text', () => {
    expect(['g', 'shift+g', '?', 'alt+l', 'space'].every(typesText)).toBe(true);
    expect(['mod+g', 'ctrl+p', 'f2', 'shift+f2'].some(typesText)).toBe(false);
  });
});

describe('the table and the sets', () => {
  it.each(keySetNames)('%s has no key with two meanings, none that the system keeps, and only chords', (set) => {
    for (const isMac of [true, false]) {
      const map = keyMapOf({ set, own: {} }, isMac);
      for (const id of commandIds) {
        for (const chord of map[id]) {
          expect([set, chord, conflictOf(map, id, chord)]).toEqual([set, chord, null]);
          expect(normalizeChord(chord)).toBe(chord);
          expect(isSystemChord(chord)).toBe(false);
        }
      }
    }
  });

  it('leaves a command its usual key where a set names one that cannot be pressed', () => {
    expect(keyMapOf({ set: 'finalCut', own: {} }, true).goTo).toEqual(['ctrl+p']);
    expect(keyMapOf({ set: 'finalCut', own: {} }, false).goTo).toEqual(['g']);
  });

  it('moves by five frames as in Premiere Pro, by a second as in DaVinci Resolve', () => {
    const meaning = (set: Shortcuts['set']) =>
      findCommand(keyMapOf({ set, own: {} }, false), ['shift+left'], { among: commandIds, isTyping: false });
    expect(keySetNames.map(meaning)).toEqual(['tenBack', 'fiveBack', 'secondBack', 'tenBack']);
  });
});

describe('typing', () => {
  const map = keyMapOf({ set: 'restage', own: { generate: ['g', 'mod+enter'], goTo: ['mod+g'] } }, false);
  const found = (chord: string) => findCommand(map, [chord], { among: commandIds, isTyping: true });
  it('lets through only what types nothing and is meant for it', () => {
    expect(found('mod+enter')).toBe('generate');
    expect(found('g')).toBeNull();
    expect(found('mod+g')).toBeNull();
    expect(found('mod+z')).toBeNull();
  });
});

describe('choosing other keys', () => {
  it('takes a key from the command that had it, and gives it back on reset', () => {
    const taken = assignKey(noShortcuts, { id: 'markIn', chord: 'k', isAdded: false }, false);
    expect(keyMapOf(taken, false)).toMatchObject({ markIn: ['k'], stop: [] });
    expect([isChanged(taken, 'stop', false), isChanged(taken, 'forward', false)]).toEqual([true, false]);
    expect(resetKeys(taken, 'markIn', false)).toEqual(noShortcuts);
    expect(keyMapOf(resetKeys(taken, 'stop', false), false)).toMatchObject({ markIn: [], stop: ['k'] });
  });

  it('leaves a key alone that means something elsewhere only', () => {
    const both = assignKey(noShortcuts, { id: 'markIn', chord: '1', isAdded: false }, false);
    expect(keyMapOf(both, false)).toMatchObject({ markIn: ['1'], rate1: ['1'] });
    // The player stands in opened results too.
    const player = assignKey(noShortcuts, { id: 'stop', chord: '1', isAdded: false }, false);
    expect(keyMapOf(player, false)).toMatchObject({ stop: ['1'], rate1: [] });
    const everywhere = assignKey(noShortcuts, { id: 'sheet', chord: '1', isAdded: false }, false);
    expect(keyMapOf(everywhere, false)).toMatchObject({ sheet: ['1'], rate1: [] });
  });

  it('adds beside the keys there are, and removes all', () => {
    const two = assignKey(noShortcuts, { id: 'stop', chord: 'f2', isAdded: true }, false);
    expect(keyMapOf(two, false).stop).toEqual(['k', 'f2']);
    expect(keyMapOf(removeKeys(two, 'stop', false), false).stop).toEqual([]);
  });

  it('survives a change of the set, which gives way to it', () => {
    const own = assignKey(noShortcuts, { id: 'markIn', chord: 'shift+z', isAdded: false }, false);
    expect(keyMapOf({ ...own, set: 'resolve' }, false)).toMatchObject({ markIn: ['shift+z'], zoomFit: [] });
  });

  it('keeps what it does not know: choices of another version', () => {
    const stored: Shortcuts = { set: 'restage', own: { timeMachine: ['t'] } };
    expect(assignKey(stored, { id: 'stop', chord: 's', isAdded: false }, false).own).toEqual({
      timeMachine: ['t'],
      stop: ['s'],
    });
    expect(keyMapOf({ set: 'restage', own: { stop: ['not a chord'] } }, false).stop).toEqual([]);
  });

  it('never leaves a key with two meanings in one place, and always crosses the contract', () => {
    const chord = fc.constantFrom('k', 'j', '1', 'shift+z', 'mod+1', 'space', 'f5', '?', 'ctrl+p', '=');
    const id = fc.constantFrom(...commandIds);
    const step = fc.oneof(
      fc.record({ kind: fc.constant('assign' as const), id, chord, isAdded: fc.boolean() }),
      fc.record({ kind: fc.constantFrom('remove' as const, 'reset' as const), id }),
      fc.record({ kind: fc.constant('set' as const), set: fc.constantFrom(...keySetNames) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.boolean(), (steps, isMac) => {
        let shortcuts: Shortcuts = noShortcuts;
        for (const next of steps) {
          if (next.kind === 'assign') {
            shortcuts = assignKey(shortcuts, next, isMac);
            expect(keyMapOf(shortcuts, isMac)[next.id]).toContain(next.chord);
          } else if (next.kind === 'set') shortcuts = { ...shortcuts, set: next.set };
          else if (next.kind === 'remove') shortcuts = removeKeys(shortcuts, next.id, isMac);
          else {
            shortcuts = resetKeys(shortcuts, next.id, isMac);
            expect(isChanged(shortcuts, next.id, isMac)).toBe(false);
          }
          expect(settingsPatchSchema.parse({ shortcuts })).toEqual({ shortcuts });
          expectNoConflict(keyMapOf(shortcuts, isMac));
        }
        return true;
      }),
      { numRuns: 150 },
    );
  });
});

function expectNoConflict(map: KeyMap): void {
  const clashes = commandIds.flatMap((id: CommandId) =>
    map[id].filter((chord) => conflictOf(map, id, chord) !== null).map((chord) => [id, chord]),
  );
  expect(clashes).toEqual([]);
}
