/** Results as a table of rows, in the same order, chosen by the same keys as the grid; only rows in sight are drawn. */
import { useTable } from '@tanstack/react-table';
import { type CSSProperties, useMemo, useRef } from 'react';
import type { LibraryQuery } from '../../../../shared/contract/libraryCommands.ts';
import { GridCell } from '../../../components/GridCell.tsx';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import { useTexts } from '../../../text/i18n.ts';
import gridClasses from '../grid/Grid.module.css';
import { GroupHeading, useGroupLabel } from '../grid/GroupHeading.tsx';
import { indexesBetween, listGeometry, placeOf, sectionsBetween } from '../grid/geometry.ts';
import { useBoxSize } from '../grid/useBoxSize.ts';
import { useFocusCell } from '../grid/useFocusCell.ts';
import { useKeptPlace } from '../grid/useKeptPlace.ts';
import { useLeaving } from '../grid/useLeaving.ts';
import { useListKeys } from '../grid/useListKeys.ts';
import { useListPointer } from '../grid/useListPointer.ts';
import { useMarquee } from '../grid/useMarquee.ts';
import { useNeed } from '../grid/useNeed.ts';
import { useScrollView } from '../grid/useScrollView.ts';
import type { LibraryPages } from '../pages/useLibraryPages.ts';
import { useChoose } from '../selection/useChoose.ts';
import { useDragResults } from '../selection/useDragResults.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { type ListFeatures, type ListRow, listColumns, listFeatures, numeric } from './columns.tsx';
import classes from './List.module.css';
import { ListHead } from './ListHead.tsx';
import { type Columns, useColumns } from './useColumns.ts';

/** The heads stay in sight, over the rows; as in the style sheet. */
const headPx = 31;

function useListTable(columns: Columns, rows: ListRow[]) {
  return useTable<ListFeatures, ListRow>({
    features: listFeatures,
    columns: listColumns,
    data: rows,
    getRowId: ({ index }) => String(index),
    state: { columnOrder: columns.order, columnVisibility: columns.visibility, columnSizing: columns.widths },
  });
}

export function ResultList({ query, pages }: { query: LibraryQuery; pages: LibraryPages }) {
  const { t } = useTexts();
  const scroll = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const columns = useColumns();
  const size = useBoxSize(scroll);
  const [widthPx, viewPx] = [size.widthPx, Math.max(0, size.heightPx - headPx)];
  const { total, groups } = pages;
  const geometry = useMemo(() => listGeometry({ widthPx, total, groups }), [widthPx, total, groups]);
  const view = useScrollView(scroll, { geometry, viewPx, paddingPx: 0, resetKey: query, isWhole: pages.isCounted });
  const choose = useChoose(query, pages);
  const { reveal, onFocus } = useFocusCell(canvas, geometry, view);
  const pointer = useListPointer(pages, choose);
  const marquee = useMarquee({ scroll, canvas, geometry, view, choose });
  const drag = useDragResults(pages);
  useKeptPlace(geometry, view);
  useLeaving(query, pages, reveal);
  useListKeys({
    ...{ list: scroll, geometry, pages, choose, reveal, viewPx },
    // A row has no room for a picture in motion: it opens.
    onPlay: (index) => useLibraryStore.setState({ openId: pages.itemAt(index)?.id ?? null }),
  });
  const { from, to } = indexesBetween(geometry, view.fromPx, view.toPx);
  useNeed(pages, from, to);
  const { ids, focus } = useLibraryStore((state) => state.selection);
  const current = Math.min(focus, geometry.total - 1);
  const aside = current < from || current >= to ? [current] : [];
  const indexes = [...aside, ...Array.from({ length: to - from }, (_, step) => from + step)];
  const table = useListTable(
    columns,
    indexes.map((index) => ({ index, item: pages.itemAt(index) })),
  );
  const labelOf = useGroupLabel(query.group);
  const hasGroups = geometry.sections[0]?.headerPx !== 0;
  const columnWidths = Object.fromEntries(
    table.getFlatHeaders().map((header) => [`--w-${header.column.id}`, `${header.getSize()}px`]),
  );
  return (
    <div className={classes.list} style={columnWidths as CSSProperties}>
      <div ref={scroll} className={classes.scroll} data-testid="library-scroll" onPointerDown={marquee.onPointerDown}>
        {/* biome-ignore lint/a11y/useSemanticElements: rows are laid out by hand, a grid keeps their meaning */}
        <div
          role="grid"
          aria-label={t('library.grid')}
          aria-multiselectable
          aria-rowcount={geometry.total + 1}
          className={classes.table}
          style={{ minWidth: table.getTotalSize() }}
        >
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          <div role="rowgroup" className={classes.headGroup}>
            <ListHead table={table} columns={columns} />
          </div>
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          <div
            ref={canvas}
            role="rowgroup"
            className={gridClasses.canvas}
            style={{ height: view.canvasPx }}
            {...pointer}
            {...drag}
            onFocus={onFocus}
          >
            {hasGroups
              ? sectionsBetween(geometry, view.fromPx, view.toPx).map((section) => (
                  <GroupHeading
                    key={`group ${section.key}`}
                    label={labelOf(section)}
                    count={section.count}
                    topPx={section.topPx - view.shiftPx}
                  />
                ))
              : null}
            {table.getRowModel().rows.map((row) => {
              const { index, item } = row.original;
              return (
                // biome-ignore lint/a11y/useSemanticElements: see above
                <div
                  key={row.id}
                  role="row"
                  className={classes.row}
                  data-testid={item ? 'library-row' : 'library-row-empty'}
                  data-card={index}
                  data-id={item?.id}
                  data-state={item?.state}
                  aria-rowindex={index + 2}
                  aria-selected={item !== undefined && ids.has(item.id)}
                  tabIndex={index === current ? 0 : -1}
                  draggable={item !== undefined}
                  style={{ transform: `translateY(${placeOf(geometry, index).topPx - view.shiftPx}px)` }}
                >
                  {row.getVisibleCells().map((cell) => (
                    <GridCell
                      key={cell.id}
                      className={classes.cell}
                      data-numeric={numeric.has(cell.column.id)}
                      style={{ width: `var(--w-${cell.column.id})` }}
                    >
                      <table.FlexRender cell={cell} />
                    </GridCell>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      <div className={classes.corner}>
        <ColumnsMenu columns={columns} />
      </div>
    </div>
  );
}
