/** The library: results as cards or rows, found by words, facets and saved searches, chosen one or many, opened with their whole recipe. */
import { ActionIcon, Text, Tooltip } from '@mantine/core';
import { IconRefresh, IconTrash } from '@tabler/icons-react';
import { Suspense, useMemo, useState } from 'react';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import screenClasses from '../../components/Screen.module.css';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { UndoPair } from '../../components/UndoPair.tsx';
import { useCommandKeys } from '../../keys/useKeys.ts';
import { queryOf, useLibraryStore } from '../../state/library/libraryStore.ts';
import { useTexts } from '../../text/i18n.ts';
import { later } from '../../text/later.ts';
import { FacetPanel } from './facets/FacetPanel.tsx';
import { CardGrid } from './grid/CardGrid.tsx';
import classes from './Library.module.css';
import { LibraryTools } from './LibraryTools.tsx';
import { ResultList } from './list/ResultList.tsx';
import { NothingFound, NothingYet, Waiting } from './nothing.tsx';
import type { ListPlace } from './opened/OpenedView.tsx';
import { type LibraryPages, useLibraryPages } from './pages/useLibraryPages.ts';
import { QueryChips } from './QueryChips.tsx';
import { SearchField } from './SearchField.tsx';
import { CardMenu } from './selection/CardMenu.tsx';
import { SelectionBar } from './selection/SelectionBar.tsx';
import { useSelectionActions } from './selection/useSelectionActions.ts';
import { useSelectionKeys } from './selection/useSelectionKeys.ts';
import { TrashDialog } from './TrashDialog.tsx';
import { useLibraryEdits } from './useLibraryEdits.tsx';
import { useLookAgain } from './useLookAgain.ts';
import { Viewers } from './Viewers.tsx';

const ExportDialog = later(() => import('./export/ExportDialog.tsx').then((module) => module.ExportDialog));

const PromoteDialog = later(() => import('./promote/PromoteDialog.tsx').then((module) => module.PromoteDialog));

export function LibraryScreen() {
  const { t } = useTexts();
  const search = useLibraryStore((state) => state.search);
  const { sort, descending, group, stacked, shape, isPanelOpen } = useLibraryStore((state) => state.view);
  // The same object as long as the same is asked for: pages and places belong to it.
  const query = useMemo(
    () => queryOf(search, { sort, descending, group, stacked }),
    [search, sort, descending, group, stacked],
  );
  const pages = useLibraryPages(query);
  const actions = useSelectionActions(pages);
  useSelectionKeys(actions);
  const isEmpty = !pages.isPending && !pages.isOlder && pages.total === 0;
  const isNew = isEmpty && search.trim() === '';
  const Shown = shape === 'grid' ? CardGrid : ResultList;
  return (
    <div className={screenClasses.screen}>
      <Head pages={pages} />
      {isNew ? null : (
        <LibraryTools onCull={actions.cull}>
          <QueryChips />
        </LibraryTools>
      )}
      {pages.error ? (
        <div className={classes.note}>
          <ErrorNote error={pages.error} onRetry={pages.retry} />
        </div>
      ) : null}
      {/* Which search it is whose results are shown: the older one's stay until the new ones come. */}
      <div className={classes.body} data-testid="library-body" data-shown={pages.isOlder ? undefined : query.query}>
        {isPanelOpen && !isNew ? <FacetPanel /> : null}
        {pages.isPending ? <Waiting /> : null}
        {isNew && !pages.error ? <NothingYet /> : null}
        {isEmpty && !isNew && !pages.error ? <NothingFound search={search.trim()} /> : null}
        {pages.total > 0 ? <Shown query={query} pages={pages} /> : null}
      </div>
      <SelectionBar actions={actions} />
      <Viewers placeOf={(id) => placeAround(pages, id)} />
      <Dialogs />
      <CardMenu actions={actions} pages={pages} />
      <p className="visually-hidden" role="status">
        {pages.isCounted && !pages.isOlder ? t('library.count', { count: pages.total }) : ''}
      </p>
    </div>
  );
}

function Dialogs() {
  const { exportIds, promoteIds } = useLibraryStore();
  return (
    <Suspense fallback={null}>
      {exportIds && exportIds.length > 0 ? <ExportDialog ids={exportIds} /> : null}
      {promoteIds && promoteIds.length > 0 ? <PromoteDialog ids={promoteIds} /> : null}
    </Suspense>
  );
}

/** An opened result is mostly near to where the keys stand. */
const nearest = 200;

function placeAround(pages: LibraryPages, id: string): ListPlace | null {
  const { focus } = useLibraryStore.getState().selection;
  for (let index = Math.max(0, focus - nearest); index < Math.min(pages.total, focus + nearest); index += 1) {
    if (pages.itemAt(index)?.id !== id) continue;
    const [previous, next] = [pages.itemAt(index - 1), pages.itemAt(index + 1)];
    return { previousId: previous?.id ?? null, nextId: next?.id ?? null, position: index + 1, total: pages.total };
  }
  return null;
}

function Head({ pages }: { pages: LibraryPages }) {
  const { t } = useTexts();
  const { look, isLooking } = useLookAgain();
  const [isTrashOpen, setIsTrashOpen] = useState(false);
  const undoing = useUndo();
  return (
    <ScreenHeader title={t('library.title')}>
      <SearchField />
      <Text c="dimmed" className="tabular" data-testid="library-count">
        {pages.isCounted ? t('library.count', { count: pages.total }) : ' '}
      </Text>
      <span className={classes.grow} />
      <UndoPair {...undoing} />
      <Tooltip label={t('library.trash.title')}>
        <ActionIcon aria-label={t('library.trash.title')} onClick={() => setIsTrashOpen(true)}>
          <IconTrash size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('library.lookAgain')}>
        <ActionIcon aria-label={t('library.lookAgain')} loading={isLooking} onClick={look}>
          <IconRefresh size={16} />
        </ActionIcon>
      </Tooltip>
      {isTrashOpen ? <TrashDialog onClose={() => setIsTrashOpen(false)} /> : null}
    </ScreenHeader>
  );
}

function useUndo() {
  const edits = useLibraryEdits();
  const canUndo = useLibraryStore(({ history }) => history.past.length > 0);
  const canRedo = useLibraryStore(({ history }) => history.future.length > 0);
  const [undo, redo] = [() => void edits.undo(), () => void edits.redo()];
  useCommandKeys({ undo, redo });
  return { canUndo, canRedo, undo, redo };
}
