/** Tables for people: columns by what a terminal shows, not by UTF-16 units (Japanese, Korean and emoji are two cells wide). */
import { shownText } from '../../../shared/words/shownText.ts';

export interface Column {
  header: string;
  align?: 'left' | 'right';
  /** May be shortened when the line would not fit. */
  mayShrink?: boolean;
}

export interface Cell {
  text: string;
  /** Applied after padding, so that colour does not count as width. */
  paint?: (text: string) => string;
}

const gap = '  ';

/** Lines without a frame; empty when there are no rows. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly (string | Cell)[])[],
  options: { width: number; paintHeader: (text: string) => string },
): string {
  if (rows.length === 0) return '';
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? { text: cell } : cell)));
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column.header), ...cells.map((row) => displayWidth(row[index]?.text ?? ''))),
  );
  shrink(columns, widths, options.width);
  const line = (row: readonly Cell[], paintAll?: (text: string) => string) =>
    columns
      .map((column, index) => {
        const cell = row[index] ?? { text: '' };
        const isLast = index === columns.length - 1;
        const padded = pad(truncate(cell.text, widths[index] ?? 0), widths[index] ?? 0, column.align ?? 'left', isLast);
        return (paintAll ?? cell.paint ?? ((text: string) => text))(padded);
      })
      .join(gap)
      .trimEnd();
  const header = line(
    columns.map((column) => ({ text: column.header })),
    options.paintHeader,
  );
  return `${[header, ...cells.map((row) => line(row))].join('\n')}\n`;
}

function shrink(columns: readonly Column[], widths: number[], width: number): void {
  const total = () => widths.reduce((sum, each) => sum + each, 0) + gap.length * (columns.length - 1);
  while (total() > width) {
    let widest = -1;
    columns.forEach((column, index) => {
      if (
        column.mayShrink &&
        (widths[index] ?? 0) > 12 &&
        (widest < 0 || (widths[index] ?? 0) > (widths[widest] ?? 0))
      ) {
        widest = index;
      }
    });
    if (widest < 0) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}

function pad(text: string, width: number, align: 'left' | 'right', isLast: boolean): string {
  const fill = ' '.repeat(Math.max(0, width - displayWidth(text)));
  if (align === 'right') return fill + text;
  return isLast ? text : text + fill;
}

/** Cuts in the middle: the end of a file name tells as much as its beginning. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width <= 1) return '…'.slice(0, width);
  const graphemes = segments(text);
  const head = Math.ceil((width - 1) / 2);
  return `${take(graphemes, head)}…${take(graphemes.toReversed(), width - 1 - head, true)}`;
}

function take(graphemes: readonly string[], width: number, isReversed = false): string {
  const taken: string[] = [];
  let used = 0;
  for (const grapheme of graphemes) {
    const cells = graphemeWidth(grapheme);
    if (used + cells > width) break;
    taken.push(grapheme);
    used += cells;
  }
  return (isReversed ? taken.reverse() : taken).join('');
}

const segmenter = new Intl.Segmenter();
const segments = (text: string) => Array.from(segmenter.segment(text), (part) => part.segment);

const wide =
  /\p{Emoji_Presentation}|\uFE0F|[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{20000}-\u{3FFFD}]/u;

function graphemeWidth(grapheme: string): number {
  if (/^[\p{Mn}\p{Cf}\p{Cc}]+$/u.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}

/** Cells that a terminal needs for `text`. */
export function displayWidth(text: string): number {
  return segments(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

/** File names may hold anything: control characters must not reach the terminal, and what is hidden is shown by its number. */
export function printable(text: string): string {
  return shownText(text.replace(/\p{Cc}/gu, '\uFFFD'));
}
