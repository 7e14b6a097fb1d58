/** Rows of cards, drawn only where they are seen: thousands scroll like ten. Arrow keys move, Enter opens, the rating keys rate, Delete moves to the trash. */
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import { useTexts } from '../../i18n.ts';
import { chordsOf } from '../../keys/chord.ts';
import { isMac } from '../../keys/keyLabel.ts';
import { findCommand } from '../../keys/keyMap.ts';
import { useKeyMap } from '../../keys/useKeys.ts';
import { useLibraryStore } from '../../state/library/libraryStore.ts';
import classes from './Library.module.css';
import { LibraryCard } from './LibraryCard.tsx';
import { useLibraryEdits } from './useLibraryEdits.tsx';

const cardMinPx = 240;
const gapPx = 14;
/** Name and stars below the picture. */
const captionPx = 64;

interface LibraryGridProps {
  items: readonly LibraryItem[];
  onNearEnd: () => void;
}

export function LibraryGrid({ items, onNearEnd }: LibraryGridProps) {
  const { t } = useTexts();
  const scroll = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width } = useElementSize();
  const mergedRef = useMergedRef(scroll, sizeRef);
  const columns = Math.max(1, Math.floor((width + gapPx) / (cardMinPx + gapPx)));
  const cardWidth = (width - gapPx * (columns - 1)) / columns;
  const rowHeight = Math.round((cardWidth * 9) / 16) + captionPx;
  const rows = useVirtualizer({
    count: Math.ceil(items.length / columns),
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight + gapPx,
    overscan: 2,
  });
  const shown = rows.getVirtualItems();
  const lastRow = shown.at(-1)?.index ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another width means other heights
  useEffect(() => rows.measure(), [rowHeight]);

  const isNearEnd = (lastRow + 3) * columns >= items.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once per page that came
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, items.length]);

  const { focused, onKeyDown, setFocused } = useGridKeys(items, columns, (index) =>
    rows.scrollToIndex(Math.floor(index / columns)),
  );

  return (
    <div ref={mergedRef} className={classes.scroll}>
      {/* biome-ignore lint/a11y/useSemanticElements: cards are laid out by hand, a list keeps their meaning */}
      <div
        role="list"
        aria-label={t('library.grid')}
        className={classes.canvas}
        style={{ height: rows.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {shown.map((row) => (
          <div
            key={row.key}
            className={classes.row}
            style={{
              transform: `translateY(${row.start}px)`,
              height: rowHeight,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {items.slice(row.index * columns, (row.index + 1) * columns).map((item, column) => {
              const index = row.index * columns + column;
              return (
                <LibraryCard
                  key={item.id}
                  item={item}
                  isTabStop={index === focused}
                  index={index}
                  onFocus={() => setFocused(index)}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

const rateCommands = ['rate0', 'rate1', 'rate2', 'rate3', 'rate4', 'rate5'] as const;

function useGridKeys(items: readonly LibraryItem[], columns: number, reveal: (index: number) => void) {
  const [focused, setFocused] = useState(0);
  const map = useKeyMap();
  const { update, trash } = useLibraryEdits();
  const current = Math.min(focused, items.length - 1);

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(items.length - 1, index));
    setFocused(next);
    reveal(next);
    // After the row is drawn.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-card="${next}"]`)?.focus());
  };

  // The next card moves up into the place of the one that was thrown away, and the keys go on there.
  const leavingId = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once per list that came
  useEffect(() => {
    if (leavingId.current === null || items.some(({ id }) => id === leavingId.current)) return;
    leavingId.current = null;
    if (items.length > 0) moveTo(current);
  }, [items]);

  const onKeyDown = (event: KeyboardEvent) => {
    const item = items[current];
    if (!item) return;
    const chords = chordsOf(event.nativeEvent, isMac);
    const rated = findCommand(map, chords, { among: rateCommands, isTyping: false });
    const isTrashed = findCommand(map, chords, { among: ['trash'], isTyping: false }) !== null;
    if (!rated && !isTrashed && (event.ctrlKey || event.metaKey || event.altKey)) return;
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (by !== undefined) moveTo(current + by);
    else if (event.key === 'Home') moveTo(0);
    else if (event.key === 'End') moveTo(items.length - 1);
    else if (rated) update(item, { rating: Number(rated.at(-1)) });
    else if (isTrashed) {
      trash(item);
      leavingId.current = item.id;
    } else if (event.key === 'Enter') useLibraryStore.setState({ openId: item.id });
    else return;
    event.preventDefault();
  };
  return { focused: current, setFocused, onKeyDown };
}
