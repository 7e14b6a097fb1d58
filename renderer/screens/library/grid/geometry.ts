/** Where every card and row lies, by arithmetic alone: uniform cells in columns, groups with a header each. Nothing is measured, whatever the number. Pure. */

import type { CardSize } from '../../../state/library/libraryView.ts';

/** How wide a card is at least, and how much of it lies below the picture. */
const cardsOf: Readonly<Record<CardSize, { widthPx: number; captionPx: number }>> = {
  small: { widthPx: 148, captionPx: 30 },
  medium: { widthPx: 224, captionPx: 58 },
  large: { widthPx: 340, captionPx: 58 },
};
export const captionPxOf = (size: CardSize): number => cardsOf[size].captionPx;

const gapPx = 12;
export const groupHeaderPx = 40;
export const listRowPx = 34;
/** Wide and upright pictures alike have room in it. */
const pictureRatio = 4 / 3;

/** Results that follow each other and belong together; a list without groups is one with an empty key. */
export interface GroupCount {
  key: string;
  label: string;
  count: number;
}

export interface Section extends GroupCount {
  /** Of its first result, in the whole list. */
  firstIndex: number;
  topPx: number;
  headerPx: number;
  rowCount: number;
}

export interface Geometry {
  columns: number;
  cellWidthPx: number;
  cellHeightPx: number;
  /** From one row, or column, to the next. */
  pitchYPx: number;
  pitchXPx: number;
  total: number;
  totalPx: number;
  sections: readonly Section[];
}

interface Cells {
  columns: number;
  cellWidthPx: number;
  cellHeightPx: number;
  gapPx: number;
}

export function gridGeometry(options: {
  widthPx: number;
  size: CardSize;
  total: number;
  groups: readonly GroupCount[];
}): Geometry {
  const { widthPx, size, total, groups } = options;
  const card = cardsOf[size];
  const columns = Math.max(1, Math.floor((widthPx + gapPx) / (card.widthPx + gapPx)));
  const cellWidthPx = Math.max(0, Math.floor((widthPx - gapPx * (columns - 1)) / columns));
  const cellHeightPx = Math.round(cellWidthPx / pictureRatio) + card.captionPx;
  return geometryOf({ columns, cellWidthPx, cellHeightPx, gapPx }, total, groups);
}

export function listGeometry(options: { widthPx: number; total: number; groups: readonly GroupCount[] }): Geometry {
  const { widthPx, total, groups } = options;
  return geometryOf({ columns: 1, cellWidthPx: widthPx, cellHeightPx: listRowPx, gapPx: 0 }, total, groups);
}

function geometryOf(cells: Cells, total: number, groups: readonly GroupCount[]): Geometry {
  const { columns, cellWidthPx, cellHeightPx } = cells;
  const [pitchXPx, pitchYPx] = [cellWidthPx + cells.gapPx, cellHeightPx + cells.gapPx];
  const hasHeaders = groups.length > 0;
  const parts = hasHeaders ? groups : [{ key: '', label: '', count: total }];
  const headerPx = hasHeaders ? groupHeaderPx : 0;
  const sections: Section[] = [];
  let [firstIndex, topPx] = [0, 0];
  for (const { key, label, count } of parts) {
    const rowCount = Math.ceil(count / columns);
    sections.push({ key, label, count, firstIndex, topPx, headerPx, rowCount });
    firstIndex += count;
    topPx += headerPx + rowCount * pitchYPx;
  }
  return {
    ...{ columns, cellWidthPx, cellHeightPx, pitchXPx, pitchYPx, sections },
    total: firstIndex,
    totalPx: Math.max(0, topPx - cells.gapPx),
  };
}

/** The last section of which `start` holds; sections lie in order, so half of them are left out with each look. */
function sectionWhere({ sections }: Geometry, start: (section: Section) => boolean): number {
  let [low, high] = [0, sections.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const section = sections[middle];
    if (section && start(section)) low = middle;
    else high = middle - 1;
  }
  return low;
}

const sectionOf = (geometry: Geometry, index: number) =>
  geometry.sections[sectionWhere(geometry, ({ firstIndex }) => firstIndex <= index)];

export interface Place {
  leftPx: number;
  topPx: number;
}

export function placeOf(geometry: Geometry, index: number): Place {
  const section = sectionOf(geometry, index);
  if (!section) return { leftPx: 0, topPx: 0 };
  const within = index - section.firstIndex;
  return {
    leftPx: (within % geometry.columns) * geometry.pitchXPx,
    topPx: section.topPx + section.headerPx + Math.floor(within / geometry.columns) * geometry.pitchYPx,
  };
}

/** First (included) and last (not) of the results whose rows meet the stretch. */
export function indexesBetween(geometry: Geometry, fromPx: number, toPx: number): { from: number; to: number } {
  const from = edgeIndex(geometry, fromPx, false);
  return { from, to: Math.max(from, edgeIndex(geometry, toPx, true)) };
}

function edgeIndex(geometry: Geometry, atPx: number, isEnd: boolean): number {
  const { columns, pitchYPx, cellHeightPx, total } = geometry;
  const section = geometry.sections[sectionWhere(geometry, ({ topPx }) => topPx <= atPx)];
  if (!section || total === 0) return 0;
  const withinPx = atPx - section.topPx - section.headerPx;
  // The gap below a row is no part of it.
  const row = isEnd ? Math.ceil(withinPx / pitchYPx) : Math.floor((withinPx - cellHeightPx) / pitchYPx) + 1;
  const rows = Math.max(0, Math.min(section.rowCount, row));
  return section.firstIndex + Math.min(section.count, rows * columns);
}

/** Groups whose headers or results are in the stretch. */
export function sectionsBetween(geometry: Geometry, fromPx: number, toPx: number): readonly Section[] {
  const first = sectionWhere(geometry, ({ topPx }) => topPx <= fromPx);
  const last = sectionWhere(geometry, ({ topPx }) => topPx <= toPx);
  return geometry.sections.slice(first, last + 1);
}

export interface Box {
  leftPx: number;
  topPx: number;
  rightPx: number;
  bottomPx: number;
}

/** The results that a box touches, in the order of the list. */
export function indexesInBox(geometry: Geometry, box: Box): number[] {
  const { from, to } = indexesBetween(geometry, box.topPx, box.bottomPx);
  const found: number[] = [];
  for (let index = from; index < to; index += 1) {
    const { leftPx } = placeOf(geometry, index);
    if (leftPx < box.rightPx && leftPx + geometry.cellWidthPx > box.leftPx) found.push(index);
  }
  return found;
}

export type Step = 'left' | 'right' | 'up' | 'down' | 'pageUp' | 'pageDown' | 'first' | 'last';

/** Where a key leads from a result: sideways along the list, up and down in its column, also across groups. */
export function stepFrom(geometry: Geometry, index: number, step: Step, viewPx: number): number {
  const { total, columns, pitchYPx } = geometry;
  const last = Math.max(0, total - 1);
  if (step === 'first') return 0;
  if (step === 'last') return last;
  if (step === 'left' || step === 'right') return clamp(index + (step === 'left' ? -1 : 1), last);
  const rows = step === 'up' || step === 'down' ? 1 : Math.max(1, Math.floor(viewPx / pitchYPx));
  const direction = step === 'up' || step === 'pageUp' ? -1 : 1;
  let at = index;
  for (let done = 0; done < rows; done += 1) at = rowStep(geometry, at, direction, columns);
  return at;
}

function rowStep(geometry: Geometry, index: number, direction: 1 | -1, columns: number): number {
  const number = sectionWhere(geometry, ({ firstIndex }) => firstIndex <= index);
  const section = geometry.sections[number];
  if (!section) return index;
  const within = index - section.firstIndex;
  const [row, column] = [Math.floor(within / columns) + direction, within % columns];
  if (row >= 0 && row < section.rowCount) {
    return section.firstIndex + Math.min(section.count - 1, row * columns + column);
  }
  const next = geometry.sections[number + direction];
  if (!next) return index;
  const edgeRow = direction === 1 ? 0 : next.rowCount - 1;
  return next.firstIndex + Math.min(next.count - 1, edgeRow * columns + column);
}

const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value));
