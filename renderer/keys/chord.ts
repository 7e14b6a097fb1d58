/**
 * Key chords as text: `mod+shift+z`, `space`, `?`. Pure.
 *
 * Letters follow what the keyboard prints, so that Z is where it says Z on every Latin layout; where it prints none (Hangul, kana, Cyrillic,
 * Option on a Mac) the place of the key decides. Digits go by place, because AZERTY prints them only with Shift. A sign is the character
 * itself, however the layout makes it: `?` is Shift and / here, Shift and ß there, so Shift is no part of its chord.
 */

/** What a chord is read from; a keyboard event fits. */
export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  getModifierState?(name: string): boolean;
}

const named: Readonly<Record<string, string>> = {
  ' ': 'space',
  Spacebar: 'space',
  Enter: 'enter',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'home',
  End: 'end',
  PageUp: 'pageup',
  PageDown: 'pagedown',
  Delete: 'delete',
  Backspace: 'backspace',
  Insert: 'insert',
  // The separator of chords cannot stand in one.
  '+': 'plus',
};

const order = ['mod', 'ctrl', 'alt', 'shift'];

/** Every way to write this press, the one to record first; empty for a lone modifier, a dead key or text of an input method. */
export function chordsOf(press: KeyPress, isMac: boolean): string[] {
  // AltGr makes characters; on Windows it reads as Ctrl and Alt.
  const isAltGr = press.getModifierState?.('AltGraph') === true;
  const mod = isMac ? press.metaKey : press.ctrlKey && !isAltGr;
  const foreign = !isMac && press.metaKey;
  if (foreign) return [];
  const modifiers = [
    ...(mod ? ['mod'] : []),
    ...(isMac && press.ctrlKey ? ['ctrl'] : []),
    ...(press.altKey && !isAltGr ? ['alt'] : []),
  ];
  return keysOf(press).map(({ key, hasShift }) => [...modifiers, ...(hasShift ? ['shift'] : []), key].join('+'));
}

function keysOf(press: KeyPress): { key: string; hasShift: boolean }[] {
  const { key, code, shiftKey } = press;
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  const typed = /^[\x21-\x7e]$/.test(key) && !/^[a-z0-9]$/i.test(key) ? (named[key] ?? key) : null;
  const sign = typed ? [{ key: typed, hasShift: false }] : [];
  if (digit) {
    // AZERTY's digit with Shift is the plain digit to its owner.
    const printed = /^[0-9]$/.test(key) && shiftKey ? [{ key, hasShift: false }] : [];
    return [{ key: digit, hasShift: shiftKey }, ...printed, ...sign];
  }
  if (/^[a-z0-9]$/i.test(key)) return [{ key: key.toLowerCase(), hasShift: shiftKey }];
  if (sign.length > 0) return sign;
  const name = named[key] ?? (/^F\d{1,2}$/.test(key) ? key.toLowerCase() : undefined);
  if (name) return [{ key: name, hasShift: shiftKey }];
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return letter ? [{ key: letter.toLowerCase(), hasShift: shiftKey }] : [];
}

/** The same chord always reads the same; null: not a chord. */
export function normalizeChord(text: string): string | null {
  const parts = text.toLowerCase().split('+');
  const key = parts.at(-1) ?? '';
  const modifiers = parts.slice(0, -1);
  const isKey = /^[\x21-\x2a\x2c-\x7e]$/.test(key) || /^f\d{1,2}$/.test(key) || Object.values(named).includes(key);
  if (!isKey || modifiers.some((name) => !order.includes(name)) || new Set(modifiers).size < modifiers.length)
    return null;
  return [...order.filter((name) => modifiers.includes(name)), key].join('+');
}

/** A chord that types nothing works while a person types. */
export function typesText(chord: string): boolean {
  return !/^(?:mod|ctrl)\+/.test(chord) && !/^(?:.*\+)?f\d{1,2}$/.test(chord);
}

const systemChords: readonly string[] = [
  ...['a', 'c', 'v', 'x', 'q', 'w', 't', 'n', 'r', 'm', 'h', 'shift+t', 'shift+n', 'shift+w', 'shift+r'].map(
    (key) => `mod+${key}`,
  ),
  'f5',
  'f11',
  'f12',
  'alt+f4',
];

/** What the system, the browser or text fields keep for themselves. */
export function isSystemChord(chord: string): boolean {
  return systemChords.includes(chord);
}
