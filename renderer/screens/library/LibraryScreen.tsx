/** The library: a grid of results that plays on hover, found by typing, opened with its whole recipe. */
import { ActionIcon, Button, CloseButton, Skeleton, Text, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconLayoutGrid, IconRefresh, IconSearch, IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../bridge/bridge.ts';
import { useCommand } from '../../bridge/queries.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import screenClasses from '../../components/Screen.module.css';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { UndoPair } from '../../components/UndoPair.tsx';
import { useTexts } from '../../i18n.ts';
import { useCommandKeys } from '../../keys/useKeys.ts';
import { useLibraryStore } from '../../state/library/libraryStore.ts';
import { hrefOf } from '../../state/shell/route.ts';
import { CullButton } from './cull/CullButton.tsx';
import { LibraryGrid } from './LibraryGrid.tsx';
import { TrashDialog } from './TrashDialog.tsx';
import { useLibraryEdits } from './useLibraryEdits.tsx';
import { useLookAgain } from './useLookAgain.ts';
import { Viewers } from './Viewers.tsx';

const pageSize = 200;
const settleMs = 150;

function useItems(query: string) {
  return useInfiniteQuery({
    queryKey: ['library.list', { query }],
    queryFn: ({ pageParam }) => call('library.list', { query, limit: pageSize, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function LibraryScreen() {
  const { t } = useTexts();
  const search = useLibraryStore((state) => state.search);
  const [settled] = useDebouncedValue(search, settleMs);
  const list = useItems(settled.trim());
  const { look, isLooking } = useLookAgain();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = useCommand('library.outline', { query: settled.trim() }).data?.total ?? items.length;
  const isEmpty = list.isSuccess && items.length === 0;
  const [isTrashOpen, setIsTrashOpen] = useState(false);
  const undoing = useUndo();
  return (
    <div className={screenClasses.screen}>
      <ScreenHeader title={t('library.title')}>
        <TextInput
          type="search"
          w={320}
          aria-label={t('library.search')}
          placeholder={t('library.searchHint')}
          leftSection={<IconSearch size={14} />}
          rightSection={
            search ? (
              <CloseButton
                size="sm"
                aria-label={t('library.clearSearch')}
                onClick={() => useLibraryStore.setState({ search: '' })}
              />
            ) : null
          }
          value={search}
          onChange={(event) => useLibraryStore.setState({ search: event.currentTarget.value })}
        />
        <Text c="dimmed" className="tabular" role="status">
          {list.isSuccess ? t('library.count', { count: total }) : ''}
        </Text>
        <UndoPair {...undoing} />
        <CullButton ids={items.map(({ id }) => id)} />
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
      </ScreenHeader>
      {list.isError ? <ErrorNote error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <Skeleton height={200} width={280} radius="md" ml={20} /> : null}
      {isEmpty ? <Nothing search={settled.trim()} /> : null}
      {items.length > 0 ? (
        <LibraryGrid
          items={items}
          onNearEnd={() => {
            if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
          }}
        />
      ) : null}
      {isTrashOpen ? <TrashDialog onClose={() => setIsTrashOpen(false)} /> : null}
      <Viewers items={items} total={total} />
    </div>
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

function Nothing({ search }: { search: string }) {
  const { t } = useTexts();
  const icon = <IconLayoutGrid size={48} stroke={1.2} />;
  if (search) {
    return (
      <EmptyState icon={icon} title={t('library.noMatch', { search })}>
        <Button variant="default" onClick={() => useLibraryStore.setState({ search: '' })}>
          {t('library.clearSearch')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={icon} title={t('library.empty')} text={t('library.emptyText')}>
      <Button component="a" href={hrefOf('create')}>
        {t('library.toCreate')}
      </Button>
    </EmptyState>
  );
}
