/** What is going on, on stderr: bars that move on a terminal, one line per change elsewhere. */
import { startTimer } from '../../storage/clock.ts';
import type { TextSink } from './output.ts';
import type { Style } from './style.ts';
import { displayWidth, printable, truncate } from './table.ts';

export interface ProgressItem {
  id: string;
  label: string;
  /** What happens now, or why nothing does. */
  stage: string;
  /** 0..1; null: unknown. */
  ratio: number | null;
  tone: 'busy' | 'waiting' | 'good' | 'bad';
}

export interface Progress {
  /** The items as they are now; replaces what was shown. */
  show(items: readonly ProgressItem[]): void;
  /** A line that stays. */
  note(text: string): void;
  /** The work is over. */
  end(): void;
}

interface Options {
  sink: TextSink;
  style: Style;
  /** The answer will stand where the picture was: it is taken away at the end. */
  isAnswerBelow?: boolean;
  /** The line above ten or more items: "12 of 40". */
  summary: (done: number, total: number) => string;
  now?: () => number;
}

const barCells = 18;
const maxLines = 8;
const redrawMs = 80;

export function createProgress(options: Options): Progress {
  return options.sink.isTerminal ? terminalProgress(options) : lineProgress(options);
}

/** Steps of a quarter are worth a line in a log; every percent is not. */
const quarter = (ratio: number | null) => (ratio === null ? 0 : Math.min(3, Math.floor(ratio * 4)));

function lineProgress({ sink }: Options): Progress {
  const said = new Map<string, string>();
  return {
    show(items) {
      for (const item of items) {
        const step = `${item.stage}|${quarter(item.ratio)}`;
        if (said.get(item.id) === step) continue;
        const isSameStage = said.get(item.id)?.startsWith(`${item.stage}|`) ?? false;
        // A stage that jumps back (a new stage's zero) is told by its name alone.
        const percent = item.ratio !== null && quarter(item.ratio) > 0 ? ` ${percentOf(item.ratio)}` : '';
        said.set(item.id, step);
        if (isSameStage && percent === '') continue;
        sink.write(`${printable(item.label)}: ${item.stage}${percent}\n`);
      }
    },
    note: (text) => sink.write(`${text}\n`),
    end: () => said.clear(),
  };
}

function terminalProgress({
  sink,
  style,
  summary,
  isAnswerBelow = false,
  now = () => performance.now(),
}: Options): Progress {
  let drawnLines = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let pending: readonly ProgressItem[] | null = null;
  let drawn: readonly ProgressItem[] | null = null;
  let timer: NodeJS.Timeout | null = null;

  const clear = () => {
    if (drawnLines > 0) sink.write(`\u001b[${drawnLines}A\u001b[0J`);
    drawnLines = 0;
  };
  const draw = (items: readonly ProgressItem[]) => {
    const lines = frame(items, sink.columns, style, summary);
    clear();
    sink.write(lines.map((line) => `${line}\n`).join(''));
    drawnLines = lines.length;
    drawnAt = now();
    pending = null;
    drawn = items;
  };
  const flush = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (pending) draw(pending);
  };
  return {
    show(items) {
      pending = items;
      if (now() - drawnAt >= redrawMs) flush();
      else timer ??= startTimer(flush, redrawMs);
    },
    note(text) {
      const shown = pending ?? drawn;
      clear();
      sink.write(`${text}\n`);
      if (shown) draw(shown);
    },
    end() {
      flush();
      if (isAnswerBelow) clear();
      drawnLines = 0;
      drawn = null;
    },
  };
}

function frame(
  items: readonly ProgressItem[],
  columns: number,
  style: Style,
  summary: (done: number, total: number) => string,
): string[] {
  const isDone = (item: ProgressItem) => item.tone === 'good' || item.tone === 'bad';
  const isLong = items.length > maxLines;
  const shown = isLong ? items.filter((item) => !isDone(item)).slice(0, maxLines - 1) : items;
  const labelWidth = Math.min(
    Math.max(8, ...shown.map((item) => displayWidth(printable(item.label)))),
    Math.max(12, Math.floor(columns * 0.5)),
  );
  const lines = shown.map((item) => itemLine(item, labelWidth, columns, style));
  if (isLong) lines.unshift(style.dim(summary(items.filter(isDone).length, items.length)));
  return lines;
}

function itemLine(item: ProgressItem, labelWidth: number, columns: number, style: Style): string {
  const label = truncate(printable(item.label), labelWidth);
  const padded = label + ' '.repeat(Math.max(0, labelWidth - displayWidth(label)));
  const paint = { busy: style.accent, waiting: style.warn, good: style.good, bad: style.bad }[item.tone];
  const isBar = item.tone === 'busy' && columns >= labelWidth + barCells + 24;
  const bar = isBar
    ? `${drawBar(item.ratio, style)} ${(item.ratio === null ? '' : percentOf(item.ratio)).padStart(4)}  `
    : '';
  const room = Math.max(8, columns - labelWidth - 2 - (isBar ? barCells + 7 : 0) - 1);
  return `${padded}  ${bar}${paint(truncate(item.stage, room))}`;
}

function drawBar(ratio: number | null, style: Style): string {
  const filled = Math.round((ratio ?? 0) * barCells);
  return style.accent('━'.repeat(filled)) + style.dim('─'.repeat(barCells - filled));
}

function percentOf(ratio: number): string {
  return `${Math.floor(Math.min(1, Math.max(0, ratio)) * 100)}%`;
}
