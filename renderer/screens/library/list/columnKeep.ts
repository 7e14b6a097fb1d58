/** Which columns the list shows, in which order and how wide: read with care from what was kept, kept over restarts. Pure but for `keptColumns` and `keepColumns`. */

export const columnIds = [
  'name',
  'rating',
  'duration',
  'created',
  'clip',
  'character',
  'project',
  'tags',
  'quality',
  'frame',
  'size',
  'charge',
  'take',
] as const;
export type ColumnId = (typeof columnIds)[number];

export interface ColumnState {
  order: ColumnId[];
  visibility: Partial<Record<ColumnId, boolean>>;
  widths: Partial<Record<ColumnId, number>>;
}

export const leastWidthPx = 56;
export const mostWidthPx = 800;
const storageKey = 'restage.library.columns';

export const usualColumns: ColumnState = {
  order: [...columnIds],
  visibility: { quality: false, frame: false, size: false, take: false },
  widths: {},
};

export const isColumnId = (id: unknown): id is ColumnId => columnIds.some((known) => known === id);

/** Columns of other versions are left out; new ones join at their usual place's end. */
export function readColumns(kept: unknown): ColumnState {
  const from: Partial<Record<keyof ColumnState, unknown>> = typeof kept === 'object' && kept !== null ? kept : {};
  const named = Array.isArray(from.order) ? [...new Set(from.order.filter(isColumnId))] : [];
  const order = [...named, ...columnIds.filter((id) => !named.includes(id))];
  const entries = (value: unknown) => (typeof value === 'object' && value !== null ? Object.entries(value) : []);
  const visibility = Object.fromEntries(
    entries(from.visibility).filter(([id, isShown]) => isColumnId(id) && id !== 'name' && typeof isShown === 'boolean'),
  );
  const widths = Object.fromEntries(
    entries(from.widths).flatMap(([id, width]) =>
      isColumnId(id) && typeof width === 'number' && Number.isFinite(width) ? [[id, clampWidth(width)]] : [],
    ),
  );
  return { order, visibility: from.visibility ? visibility : usualColumns.visibility, widths };
}

export const clampWidth = (widthPx: number): number =>
  Math.round(Math.max(leastWidthPx, Math.min(mostWidthPx, widthPx)));

/** `id` stands where `to` stood. */
export function movedColumn(order: readonly ColumnId[], id: ColumnId, to: ColumnId): ColumnId[] {
  const target = order.indexOf(to);
  const rest = order.filter((other) => other !== id);
  return target === -1 ? [...order] : [...rest.slice(0, target), id, ...rest.slice(target)];
}

export function keptColumns(): ColumnState {
  try {
    return readColumns(JSON.parse(localStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return usualColumns;
  }
}

export function keepColumns(columns: ColumnState): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(columns));
  } catch {
    // They are then as usual after a restart.
  }
}
