/** What orders have cost: sums of the ledger by day, month, character, clip or project; real credits apart from the sandbox's. */
import { Badge, Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconCoins, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { SpendEntry } from '../../../shared/contract/spend.ts';
import { groupSpend, type SpendGrouping, spendGroupings, totalSpend } from '../../../shared/money/spend.ts';
import { useCommand } from '../../bridge/queries.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import screenClasses from '../../components/Screen.module.css';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { useTexts } from '../../i18n.ts';
import { hrefOf } from '../../state/shell/route.ts';
import { LimitMeters } from './LimitMeters.tsx';
import classes from './Spend.module.css';
import { SpendChart } from './SpendChart.tsx';
import { SpendTable } from './SpendTable.tsx';
import { SpendTotals } from './SpendTotals.tsx';
import { saveCsv } from './saveCsv.ts';

const accounts = ['evolink', 'sandbox'] as const;

export function SpendScreen() {
  const { t } = useTexts();
  const spend = useCommand('spend.list', {});
  const provider = useCommand('account.status', {}).data?.provider;
  const [chosen, setChosen] = useState<(typeof accounts)[number] | null>(null);
  const entries = spend.data?.entries ?? [];
  const hasReal = entries.some((entry) => !entry.isSandbox);
  // Where there is nothing real to show, what a first user has done is shown; never both in one sum.
  const account = chosen ?? (hasReal || provider === 'evolink' ? 'evolink' : 'sandbox');
  const shown = entries.filter((entry) => entry.isSandbox === (account === 'sandbox'));
  return (
    <div className={screenClasses.screen}>
      <ScreenHeader title={t('spend.title')}>
        <SegmentedControl
          aria-label={t('spend.account.label')}
          value={account}
          onChange={(value) => setChosen(value === 'sandbox' ? 'sandbox' : 'evolink')}
          data={accounts.map((value) => ({ value, label: t(`spend.account.${value}`) }))}
        />
        {account === 'sandbox' ? (
          <Badge color="yellow" variant="light">
            {t('jobs.testCredits')}
          </Badge>
        ) : null}
        <span className={screenClasses.grow} />
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          disabled={shown.length === 0}
          onClick={() => saveCsv(shown, account)}
        >
          {t('spend.csv')}
        </Button>
      </ScreenHeader>
      <div className={screenClasses.content}>
        {spend.isError ? <ErrorNote error={spend.error} onRetry={() => void spend.refetch()} /> : null}
        {spend.isPending ? <Skeleton height={220} /> : null}
        {spend.data ? (
          <div className={classes.layout}>
            <div className={classes.main}>
              {shown.length === 0 ? (
                <Nothing account={account} />
              ) : (
                <Sums entries={shown} isSandbox={account === 'sandbox'} />
              )}
            </div>
            <LimitMeters counted={spend.data.counted} />
          </div>
        ) : null}
      </div>
    </div>
  );
}

function Sums({ entries, isSandbox }: { entries: readonly SpendEntry[]; isSandbox: boolean }) {
  const { t } = useTexts();
  const [by, setBy] = useState<SpendGrouping>('day');
  const rows = groupSpend(entries, by);
  return (
    <>
      <SpendTotals sums={totalSpend(entries)} isSandbox={isSandbox} />
      <SegmentedControl
        className={classes.grouping}
        aria-label={t('spend.by.label')}
        value={by}
        onChange={(value) => setBy(spendGroupings.find((name) => name === value) ?? 'day')}
        data={spendGroupings.map((value) => ({ value, label: t(`spend.by.${value}`) }))}
      />
      {by === 'day' || by === 'month' ? <SpendChart rows={rows} by={by} isSandbox={isSandbox} /> : null}
      <SpendTable rows={rows} by={by} isSandbox={isSandbox} />
    </>
  );
}

function Nothing({ account }: { account: (typeof accounts)[number] }) {
  const { t } = useTexts();
  return (
    <EmptyState
      icon={<IconCoins size={48} stroke={1.2} />}
      title={t(`spend.empty.${account}`)}
      text={t('spend.empty.text')}
    >
      <Button component="a" href={hrefOf('create')}>
        {t('spend.empty.toCreate')}
      </Button>
    </EmptyState>
  );
}
