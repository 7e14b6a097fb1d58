/** Key names as this system prints them: `mod+enter` is ⌘⏎ on a Mac and Ctrl+Enter elsewhere. */
export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);

const names: Record<string, [mac: string, other: string]> = {
  mod: ['⌘', 'Ctrl'],
  ctrl: ['⌃', 'Control'],
  shift: ['⇧', 'Shift'],
  alt: ['⌥', 'Alt'],
  enter: ['⏎', 'Enter'],
  space: ['Space', 'Space'],
  left: ['←', '←'],
  right: ['→', '→'],
  up: ['↑', '↑'],
  down: ['↓', '↓'],
  home: ['↖', 'Home'],
  end: ['↘', 'End'],
  pageup: ['⇞', 'PgUp'],
  pagedown: ['⇟', 'PgDn'],
  delete: ['⌦', 'Del'],
  backspace: ['⌫', 'Backspace'],
  insert: ['Ins', 'Ins'],
  plus: ['+', '+'],
  // A dash of a font is hardly seen.
  '-': ['−', '−'],
};

export function keyLabel(chord: string): string {
  const parts = chord.split('+').map((key) => {
    const name = names[key];
    if (name) return isMac ? name[0] : name[1];
    return key.toUpperCase();
  });
  return parts.join(isMac ? '' : '+');
}
