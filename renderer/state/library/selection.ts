/** What is chosen in the library, and how clicks and keys change it, as Finder and Explorer do. Pure: of a list it knows ids and places, never results. */

export interface Selection {
  ids: ReadonlySet<string>;
  /** What was chosen before the range from the anchor to the focus: a range that is drawn anew does not take it away. */
  base: ReadonlySet<string>;
  /** From where a range is chosen; places in the list. */
  anchor: number;
  /** Where the keys stand. */
  focus: number;
}

const none: ReadonlySet<string> = new Set();
export const noSelection: Selection = { ids: none, base: none, anchor: 0, focus: 0 };

export function chooseOnly(id: string, index: number): Selection {
  return { ids: new Set([id]), base: none, anchor: index, focus: index };
}

/** One more or one less. */
export function toggled(selection: Selection, id: string, index: number): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, base: ids, anchor: index, focus: index };
}

/** From where to where a range goes that ends at `index`; the end is included. */
export function rangeTo({ anchor }: Selection, index: number): { from: number; to: number } {
  return { from: Math.min(anchor, index), to: Math.max(anchor, index) };
}

/** All between the anchor and `index`. `isAdded`: beside what was chosen before. */
export function withRange(
  selection: Selection,
  { ids, index, isAdded }: { ids: Iterable<string>; index: number; isAdded: boolean },
): Selection {
  const base = isAdded ? selection.base : none;
  return { ids: new Set([...base, ...ids]), base, anchor: selection.anchor, focus: index };
}

/** The keys go on elsewhere; what is chosen stays. */
export function focusedAt(selection: Selection, index: number): Selection {
  return { ...selection, focus: index, anchor: selection.ids.size === 0 ? index : selection.anchor };
}

export function chooseAll(selection: Selection, ids: Iterable<string>): Selection {
  return { ...selection, ids: new Set(ids), base: none };
}

export function cleared(selection: Selection): Selection {
  return { ...selection, ids: none, base: none, anchor: selection.focus };
}

/** A box that is drawn over cards: it chooses what it touches. `isAdded`: what was chosen before it began turns round under it. */
export function withBox(
  before: Selection,
  { ids, lastIndex, isAdded }: { ids: readonly string[]; lastIndex: number | null; isAdded: boolean },
): Selection {
  const chosen = new Set(isAdded ? before.ids : none);
  for (const id of ids) {
    if (isAdded && before.ids.has(id)) chosen.delete(id);
    else chosen.add(id);
  }
  const at = lastIndex ?? before.focus;
  return { ids: chosen, base: chosen, anchor: at, focus: at };
}

/** What has left the library cannot be chosen any more. */
export function withoutIds(selection: Selection, gone: readonly string[]): Selection {
  if (!gone.some((id) => selection.ids.has(id))) return selection;
  const left = (ids: ReadonlySet<string>) => new Set([...ids].filter((id) => !gone.includes(id)));
  return { ...selection, ids: left(selection.ids), base: left(selection.base) };
}
