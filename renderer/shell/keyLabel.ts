/** Key names as this system prints them: `mod+enter` is ⌘⏎ on a Mac and Ctrl+Enter elsewhere. */
const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);

const names: Record<string, [mac: string, other: string]> = {
  mod: ['⌘', 'Ctrl'],
  shift: ['⇧', 'Shift'],
  alt: ['⌥', 'Alt'],
  enter: ['⏎', 'Enter'],
  space: ['Space', 'Space'],
  left: ['←', '←'],
  right: ['→', '→'],
  home: ['↖', 'Home'],
  end: ['↘', 'End'],
};

export function keyLabel(keys: string): string {
  const parts = keys.split('+').map((key) => {
    const name = names[key];
    if (name) return isMac ? name[0] : name[1];
    return key.length === 1 ? key.toUpperCase() : key;
  });
  return parts.join(isMac ? '' : '+');
}
