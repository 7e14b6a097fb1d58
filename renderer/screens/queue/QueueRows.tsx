/** The rows, with batches folded or not: one tab stop, chosen by click or arrows, moved by dragging. */
import { type KeyboardEvent, type MouseEvent, useCallback, useMemo, useState } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { useLoadRecipe } from '../../components/useLoadRecipe.tsx';
import { selectRow, useQueueStore } from '../../state/queue/queueStore.ts';
import { useTexts } from '../../text/i18n.ts';
import { BatchRow } from './BatchRow.tsx';
import { linesOf, type QueueLine, takeNumbers } from './batches.ts';
import { JobMenu } from './JobMenu.tsx';
import { JobRow } from './JobRow.tsx';
import { actionsOf, type JobActionTools } from './jobActions.ts';
import classes from './Queue.module.css';
import { type Place, placesOf } from './queueOrder.ts';
import { useLatest } from './useLatest.ts';
import { focusRow, type QueueActions } from './useQueue.ts';
import { useRowDrag } from './useRowDrag.ts';

interface QueueRowsProps {
  /** All there are: places and takes count those that are not shown too. */
  all: readonly Job[];
  lines: readonly QueueLine[];
  queue: QueueActions;
  onLog: (id: string) => void;
  onDecide: (id: string) => void;
}

/** What the screen shows, in order, with the folds of now. */
export function useQueueLines(shown: readonly Job[]): QueueLine[] {
  const folded = useQueueStore((state) => state.folded);
  return useMemo(() => linesOf(shown, folded), [shown, folded]);
}

export function QueueRows({ all, lines, queue, onLog, onDecide }: QueueRowsProps) {
  const { t } = useTexts();
  const { selected, focusedId, folded, density } = useQueueStore();
  const places = useMemo(() => placesOf(all), [all]);
  const takes = useMemo(() => takeNumbers(all), [all]);
  const order = useMemo(() => lines.flatMap((line) => (line.kind === 'job' ? [line.job.id] : [])), [lines]);
  const tools = useTools(queue, onLog, onDecide);
  const drag = useRowDrag(
    useMemo(() => [...places.keys()], [places]),
    queue.move,
  );
  const [menu, setMenu] = useState<{ id: string; anchor: HTMLElement } | null>(null);
  const latestOrder = useLatest(order);
  const onSelect = useCallback(
    (id: string, event: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>) =>
      selectRow(id, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only', latestOrder.current),
    [latestOrder],
  );
  const onFocus = useCallback((id: string) => useQueueStore.setState({ focusedId: id }), []);
  const onMenu = useCallback((id: string, anchor: HTMLElement) => setMenu({ id, anchor }), []);
  const asked = all.find(({ id }) => id === menu?.id);
  const stop = order.includes(focusedId ?? '') ? focusedId : order[0];
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are laid out as grids, which those of a table cannot be
    <div
      role="grid"
      aria-label={t('queue.title')}
      aria-multiselectable="true"
      className={classes.rows}
      data-density={density}
      onKeyDown={selectByKeys(order)}
    >
      {lines.map((line) =>
        line.kind === 'batch' ? (
          <BatchRow
            key={line.key}
            batchKey={line.key}
            jobs={line.jobs}
            isFolded={folded.includes(line.key)}
            onSelectAll={() => useQueueStore.setState({ selected: line.jobs.map(({ id }) => id) })}
          />
        ) : (
          <JobRow
            key={line.job.id}
            job={line.job}
            {...placeProps(places.get(line.job.id))}
            take={takes.get(line.job.id) ?? null}
            isInBatch={line.isInBatch}
            isSelected={selected.includes(line.job.id)}
            isOpen={selected.length === 1 && selected[0] === line.job.id}
            isTabStop={line.job.id === stop}
            tools={tools}
            onSelect={onSelect}
            onFocus={onFocus}
            onMenu={onMenu}
            {...drag}
          />
        ),
      )}
      {menu && asked ? (
        <JobMenu
          anchor={menu.anchor}
          actions={actionsOf(asked, places.get(asked.id) ?? null, tools)}
          onClose={() => setMenu(null)}
        />
      ) : null}
    </div>
  );
}

function placeProps(place: Place | undefined) {
  return { placeNumber: place?.number ?? 0, isFirst: place?.isFirst ?? false, isLast: place?.isLast ?? false };
}

/** For good the same functions, whatever is drawn anew around them. */
function useTools(queue: QueueActions, onLog: (id: string) => void, onDecide: (id: string) => void): JobActionTools {
  const { t } = useTexts();
  const load = useLoadRecipe();
  const latest = useLatest({ queue, onLog, onDecide, load });
  return useMemo(
    () => ({
      t,
      onLog: (id) => latest.current.onLog(id),
      onDecide: (id) => latest.current.onDecide(id),
      onUse: ({ recipe }) => recipe.kind === 'motion' && latest.current.load(recipe),
      cancel: (jobs) => latest.current.queue.cancel(jobs),
      move: (id, to) => latest.current.queue.move([id], to),
    }),
    [t, latest],
  );
}

/** Shift with the arrows chooses more rows, Ctrl+A all of them, Space this one, Escape none. */
function selectByKeys(order: readonly string[]) {
  return (event: KeyboardEvent) => {
    if (!(event.target instanceof Element) || event.target.getAttribute('role') !== 'row') return;
    const { focusedId } = useQueueStore.getState();
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const next = order[order.indexOf(focusedId ?? '') + (by ?? 0)];
    if (by !== undefined && event.shiftKey && !event.altKey && next !== undefined) {
      selectRow(next, 'range', order);
      focusRow(next);
    } else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      useQueueStore.setState({ selected: order });
    } else if (event.key === ' ' && focusedId !== null) selectRow(focusedId, event.ctrlKey ? 'toggle' : 'only', order);
    else if (event.key === 'Escape') useQueueStore.setState({ selected: [], anchorId: null });
    else return;
    event.preventDefault();
  };
}
