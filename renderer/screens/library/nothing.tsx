/** What the library shows where there are no results: none yet, none found, or none come yet. */
import { Button } from '@mantine/core';
import { IconLayoutGrid, IconSearch } from '@tabler/icons-react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { setSearch } from '../../state/library/libraryStore.ts';
import { hrefOf } from '../../state/shell/route.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Library.module.css';

export function NothingYet() {
  const { t } = useTexts();
  return (
    <div className={classes.nothing}>
      <EmptyState
        icon={<IconLayoutGrid size={48} stroke={1.2} />}
        title={t('library.empty')}
        text={t('library.emptyText')}
      >
        <Button component="a" href={hrefOf('create')}>
          {t('library.toCreate')}
        </Button>
      </EmptyState>
    </div>
  );
}

export function NothingFound({ search }: { search: string }) {
  const { t } = useTexts();
  return (
    <div className={classes.nothing}>
      <EmptyState icon={<IconSearch size={48} stroke={1.2} />} title={t('library.noMatch', { search })}>
        <Button variant="default" onClick={() => setSearch('')}>
          {t('library.clearSearch')}
        </Button>
      </EmptyState>
    </div>
  );
}

/** Cards on their way: quiet, since they are there in a moment. */
export function Waiting() {
  const { t } = useTexts();
  return (
    <div className={classes.waiting} role="status" aria-label={t('app.loading')}>
      {Array.from({ length: 12 }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <div key={place} className={classes.waitingCard} />
      ))}
    </div>
  );
}
