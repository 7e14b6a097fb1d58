/** Which commands were chosen from the palette last: they stand first when it opens again. */
const storageKey = 'restage.palette.recent';
const mostKept = 12;

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** 0: not among them; the higher, the more recent. */
export function recentRanks(): (id: string) => number {
  const kept = read();
  return (id) => {
    const at = kept.indexOf(id);
    return at === -1 ? 0 : kept.length - at;
  };
}

export function rememberCommand(id: string): void {
  try {
    localStorage.setItem(
      storageKey,
      JSON.stringify([id, ...read().filter((other) => other !== id)].slice(0, mostKept)),
    );
  } catch {
    // They then stand in their usual order.
  }
}
