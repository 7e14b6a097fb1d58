/** What was thrown away: put back one by one, or deleted for good after a second question. */

import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TrashedItem } from '../../../shared/contract/library.ts';
import { shownText } from '../../../shared/words/shownText.ts';
import { useCommand, useCommandMutation } from '../../bridge/queries.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { formatBytes, formatNumber, formatWhen } from '../../format/units.ts';
import { forget } from '../../state/library/libraryHistory.ts';
import { useLibraryStore } from '../../state/library/libraryStore.ts';
import { notifyError } from '../../state/shell/notify.tsx';
import { useTexts } from '../../text/i18n.ts';
import classes from './Library.module.css';
import { hideTrashNotices } from './useLibraryEdits.tsx';

export function TrashDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const query = useCommand('library.trashed', {});
  const putBack = useCommandMutation('library.putBack');
  const empty = useCommandMutation('library.emptyTrash');
  const items = query.data?.items ?? [];
  const after = (ids: readonly string[]) => ({
    onError: (error: unknown) => notifyError(error),
    onSettled: () => {
      hideTrashNotices(ids);
      const { history } = useLibraryStore.getState();
      useLibraryStore.setState({ history: forget(history, ids) });
      void client.invalidateQueries({ queryKey: ['library.trashed'] });
    },
  });
  return (
    <Dialog onClose={onClose} size="lg" title={t('library.trash.title')}>
      <Stack gap="sm">
        {query.isError ? <ErrorNote error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.isPending ? <Skeleton height={80} /> : null}
        {query.isSuccess && items.length === 0 ? <Text c="dimmed">{t('library.trash.empty')}</Text> : null}
        <ul className={classes.trash} data-testid="trash-list">
          {items.map((item) => (
            <Trashed
              key={item.id}
              item={item}
              isBusy={putBack.isPending || empty.isPending}
              onPutBack={() => putBack.mutate({ ids: [item.id] }, after([item.id]))}
            />
          ))}
        </ul>
        {items.length > 0 ? (
          <ForGood
            items={items}
            isBusy={empty.isPending}
            onDelete={(ids) => empty.mutate({ ids: [...ids] }, after(ids))}
          />
        ) : null}
      </Stack>
    </Dialog>
  );
}

function Trashed({ item, isBusy, onPutBack }: { item: TrashedItem; isBusy: boolean; onPutBack: () => void }) {
  const { t, language } = useTexts();
  return (
    <li>
      <div className={classes.trashName}>
        <Text truncate title={shownText(item.name)}>
          {shownText(item.name)}
        </Text>
        <Text size="xs" c="dimmed" className="tabular">
          {formatWhen(item.trashedAt, language)} · {formatBytes(item.sizeBytes, language)}
        </Text>
      </div>
      <Button size="compact-sm" variant="default" disabled={isBusy} onClick={onPutBack}>
        {t('library.trash.putBack')} <span className="visually-hidden">{shownText(item.name)}</span>
      </Button>
    </li>
  );
}

interface ForGoodProps {
  items: readonly TrashedItem[];
  isBusy: boolean;
  onDelete: (ids: readonly string[]) => void;
}

function ForGood({ items, isBusy, onDelete }: ForGoodProps) {
  const { t, language } = useTexts();
  const [isAsking, setIsAsking] = useState(false);
  const number = formatNumber(items.length, language, 0);
  if (!isAsking)
    return (
      <Group justify="flex-end">
        <Button variant="subtle" color="red" onClick={() => setIsAsking(true)}>
          {t('library.trash.deleteAll')}
        </Button>
      </Group>
    );
  const size = formatBytes(
    items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    language,
  );
  return (
    <Stack gap="xs" role="alert">
      <Text>{t('library.trash.sure', { number, size })}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" data-autofocus onClick={() => setIsAsking(false)}>
          {t('library.trash.keep')}
        </Button>
        <Button color="red.9" loading={isBusy} onClick={() => onDelete(items.map(({ id }) => id))}>
          {t('library.trash.deleteForGood')}
        </Button>
      </Group>
    </Stack>
  );
}
