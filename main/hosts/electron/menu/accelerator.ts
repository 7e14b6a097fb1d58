/** A chord of the page's key map as Electron writes accelerators, or null where a menu cannot have it. Pure. */

const names: Readonly<Record<string, string>> = {
  mod: 'CommandOrControl',
  ctrl: 'Control',
  alt: 'Alt',
  shift: 'Shift',
  space: 'Space',
  enter: 'Enter',
  left: 'Left',
  right: 'Right',
  up: 'Up',
  down: 'Down',
  home: 'Home',
  end: 'End',
  pageup: 'PageUp',
  pagedown: 'PageDown',
  delete: 'Delete',
  backspace: 'Backspace',
  insert: 'Insert',
  plus: 'Plus',
};

export function acceleratorOf(chord: string | null, platform: NodeJS.Platform): string | null {
  if (chord === null) return null;
  const parts = chord.split('+');
  const isForeignToText = ['mod', 'ctrl'].includes(parts[0] ?? '') || /^f\d{1,2}$/.test(parts.at(-1) ?? '');
  if (platform === 'darwin' && !isForeignToText) return null;
  const words = parts.map((part) => names[part] ?? (/^([\x21-\x7e]|f\d{1,2})$/.test(part) ? part.toUpperCase() : null));
  return words.includes(null) ? null : words.join('+');
}
