/** The heads of the list's columns: pressed they sort, dragged they change places, at their edge they change their width. */
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { Header, ReactTable } from '@tanstack/react-table';
import { type DragEvent, type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { setView, useLibraryStore } from '../../../state/library/libraryStore.ts';
import { pagePx } from '../../../state/shell/scale.ts';
import { useTexts } from '../../../text/i18n.ts';
import { type ColumnId, clampWidth, isColumnId, leastWidthPx, mostWidthPx } from './columnKeep.ts';
import { type ListFeatures, type ListRow, numeric, sortOfColumn } from './columns.tsx';
import classes from './List.module.css';
import type { Columns } from './useColumns.ts';

const stepPx = 16;
const dragType = 'application/x-restage-column';

interface ListHeadProps {
  table: ReactTable<ListFeatures, ListRow>;
  columns: Columns;
}

export function ListHead({ table, columns }: ListHeadProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: what can be done is on the buttons in it
    // biome-ignore lint/a11y/useSemanticElements: rows and cells are laid out by hand
    <div role="row" aria-rowindex={1} className={classes.head}>
      {table.getFlatHeaders().map((header) => (
        <Head key={header.id} header={header} columns={columns} />
      ))}
    </div>
  );
}

function Head({ header, columns }: { header: Header<ListFeatures, ListRow, unknown>; columns: Columns }) {
  const { t } = useTexts();
  const id = header.column.id as ColumnId;
  const name = t(`library.column.${id}`);
  const { sort, descending } = useLibraryStore(({ view }) => view);
  const ownSort = sortOfColumn[id];
  const isSorted = ownSort !== undefined && ownSort === sort;
  const drop = useDropHead(id, columns);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: what can be done is on the buttons in it
    // biome-ignore lint/a11y/useSemanticElements: rows and cells are laid out by hand
    <div
      role="columnheader"
      className={classes.headCell}
      data-numeric={numeric.has(id)}
      data-over={drop.isOver}
      aria-sort={isSorted ? (descending ? 'descending' : 'ascending') : undefined}
      style={{ width: `var(--w-${id})` }}
      {...drop.handlers}
    >
      {ownSort === undefined ? (
        <span className={classes.headName}>{name}</span>
      ) : (
        <button
          type="button"
          className={classes.sort}
          onClick={() => setView(isSorted ? { descending: !descending } : { sort: ownSort })}
        >
          <span className={classes.headName}>{name}</span>
          {isSorted ? (
            descending ? (
              <IconChevronDown size={12} aria-hidden="true" />
            ) : (
              <IconChevronUp size={12} aria-hidden="true" />
            )
          ) : null}
        </button>
      )}
      <Edge header={header} columns={columns} name={name} />
    </div>
  );
}

function useDropHead(id: ColumnId, columns: Columns) {
  const [isOver, setIsOver] = useState(false);
  const isColumn = (event: DragEvent) => event.dataTransfer.types.includes(dragType);
  return {
    isOver,
    handlers: {
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData(dragType, id);
        event.stopPropagation();
      },
      onDragOver: (event: DragEvent) => {
        if (!isColumn(event)) return;
        event.preventDefault();
        setIsOver(true);
      },
      onDragLeave: () => setIsOver(false),
      onDrop: (event: DragEvent) => {
        setIsOver(false);
        const moved = event.dataTransfer.getData(dragType);
        if (!isColumnId(moved) || moved === id) return;
        event.preventDefault();
        columns.move(moved, id);
      },
    },
  };
}

function Edge({
  header,
  columns,
  name,
}: {
  header: Header<ListFeatures, ListRow, unknown>;
  columns: Columns;
  name: string;
}) {
  const { t } = useTexts();
  const widthPx = header.getSize();
  const id = header.column.id;
  const held = useRef<{ x: number; widthPx: number } | null>(null);
  const setWidth = (to: number) => columns.setWidths({ ...columns.widths, [id]: clampWidth(to) });
  const letGo = () => {
    held.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -stepPx, ArrowRight: stepPx }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setWidth(widthPx + by);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('library.columns.width', { name })}
      aria-valuenow={Math.round(widthPx)}
      aria-valuemin={leastWidthPx}
      aria-valuemax={mostWidthPx}
      tabIndex={0}
      draggable
      className={classes.edge}
      onPointerDown={(event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = { x: event.clientX, widthPx };
      }}
      onPointerMove={(event) => {
        if (held.current) setWidth(held.current.widthPx + pagePx(event.clientX - held.current.x));
      }}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      // The edge is moved, not the column.
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onDoubleClick={() => {
        const { [id as ColumnId]: _dropped, ...rest } = columns.widths;
        columns.setWidths(rest);
      }}
      onKeyDown={onKeyDown}
    />
  );
}
