/** What orders have cost: sums of the ledger by day, month, character, clip, tag or project; real credits apart from the sandbox's. */
import { Badge, Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconCoins } from '@tabler/icons-react';
import { Suspense, useMemo, useState } from 'react';
import type { SpendEntry } from '../../../shared/contract/spend.ts';
import { type SpendGrouping, spendGroupings } from '../../../shared/money/spend.ts';
import { summariseSpend } from '../../../shared/money/spendSummary.ts';
import { useCommand } from '../../bridge/queries.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import screenClasses from '../../components/Screen.module.css';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { hrefOf } from '../../state/shell/route.ts';
import { useTexts } from '../../text/i18n.ts';
import { later } from '../../text/later.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { LimitMeters } from './LimitMeters.tsx';
import classes from './Spend.module.css';
import { SpendOutcomes } from './SpendOutcomes.tsx';
import { SpendTable } from './SpendTable.tsx';
import { SpendTotals } from './SpendTotals.tsx';

/** The library of charts is larger than the rest of the screen: figures are there before it. */
const SpendChart = later(() => import('./SpendChart.tsx').then((module) => module.SpendChart));

const accounts = ['evolink', 'sandbox'] as const;
type Account = (typeof accounts)[number];

export function SpendScreen() {
  const { t } = useTexts();
  const spend = useCommand('spend.list', {});
  const status = useCommand('account.status', {});
  const [chosen, setChosen] = useState<Account | null>(null);
  const [by, setBy] = useState<SpendGrouping>('day');
  const entries = spend.data?.entries ?? [];
  const hasReal = entries.some((entry) => !entry.isSandbox);
  // Where there is nothing real to show, what a first user has done is shown; never both in one sum.
  const account = chosen ?? (hasReal || status.data?.provider === 'evolink' ? 'evolink' : 'sandbox');
  const shown = entries.filter((entry) => entry.isSandbox === (account === 'sandbox'));
  // Not before it is known which account is meant: nothing flips under the pointer.
  const isThere = spend.data !== undefined && !status.isPending;
  return (
    <div className={screenClasses.screen}>
      <ScreenHeader title={t('spend.title')}>
        <SegmentedControl
          disabled={!isThere}
          aria-label={t('spend.account.label')}
          value={account}
          onChange={(value) => setChosen(value === 'sandbox' ? 'sandbox' : 'evolink')}
          data={accounts.map((value) => ({ value, label: t(`spend.account.${value}`) }))}
        />
        {isThere && account === 'sandbox' ? (
          <Badge color="yellow" variant="light">
            {t('jobs.testCredits')}
          </Badge>
        ) : null}
        <span className={screenClasses.grow} />
        <ExportMenu entries={shown} account={account} by={by} />
      </ScreenHeader>
      <div className={screenClasses.content}>
        {spend.isError ? <ErrorNote error={spend.error} onRetry={() => void spend.refetch()} /> : null}
        {isThere || spend.isError ? null : <Waiting />}
        {isThere ? (
          <div className={classes.layout}>
            <div className={classes.main}>
              {shown.length === 0 ? (
                <Nothing account={account} />
              ) : (
                <Sums entries={shown} isSandbox={account === 'sandbox'} by={by} onBy={setBy} />
              )}
            </div>
            <LimitMeters counted={spend.data.counted} />
          </div>
        ) : null}
      </div>
    </div>
  );
}

interface SumsProps {
  entries: readonly SpendEntry[];
  isSandbox: boolean;
  by: SpendGrouping;
  onBy: (by: SpendGrouping) => void;
}

function Sums({ entries, isSandbox, by, onBy }: SumsProps) {
  const { t } = useTexts();
  const summary = useMemo(() => summariseSpend(entries, by), [entries, by]);
  return (
    <>
      <SpendTotals sums={summary.total} isSandbox={isSandbox} />
      <SpendOutcomes sums={summary.total} isSandbox={isSandbox} />
      <SegmentedControl
        className={classes.grouping}
        aria-label={t('spend.by.label')}
        value={by}
        onChange={(value) => onBy(spendGroupings.find((name) => name === value) ?? 'day')}
        data={spendGroupings.map((value) => ({ value, label: t(`spend.by.${value}`) }))}
      />
      {by === 'day' || by === 'month' ? (
        <Suspense fallback={<Skeleton className={classes.chartToCome} />}>
          <SpendChart rows={summary.rows} by={by} isSandbox={isSandbox} />
        </Suspense>
      ) : null}
      <SpendTable summary={summary} isSandbox={isSandbox} />
    </>
  );
}

/** In the shape of what comes, so that nothing jumps. */
function Waiting() {
  const { t } = useTexts();
  return (
    <div className={classes.layout} role="status" aria-label={t('app.loading')}>
      <div className={classes.main}>
        <Skeleton height={76} />
        <Skeleton height={76} />
        <Skeleton className={classes.chartToCome} />
        <Skeleton height={160} />
      </div>
      <Skeleton height={180} />
    </div>
  );
}

function Nothing({ account }: { account: Account }) {
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
