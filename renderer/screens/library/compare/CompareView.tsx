/** Results, their reference and their character on one clock: beside each other, flipped, wiped, or as their difference. */
import { Skeleton } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import type { FrameRate } from '../../../../shared/time/timecode.ts';
import { commandQuery } from '../../../bridge/queries.ts';
import { Dialog } from '../../../components/Dialog.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorNote } from '../../../components/ErrorNote.tsx';
import {
  activeOf,
  type Comparison,
  freshComparison,
  mostResults,
  pairOf,
  shownOf,
} from '../../../state/library/compare.ts';
import { useTexts } from '../../../text/i18n.ts';
import { keysBack } from '../keysBack.ts';
import { useStartsToPlay } from '../opened/useStartsToPlay.ts';
import classes from './Compare.module.css';
import { CompareBar } from './CompareBar.tsx';
import { GroupTransport } from './GroupTransport.tsx';
import type { GroupPlan } from './group.ts';
import { ScrubBar } from './ScrubBar.tsx';
import { SideTools } from './SideTools.tsx';
import { Stage } from './Stage.tsx';
import { clockOfSides, type Side } from './sides.ts';
import { useCompareKeys } from './useCompareKeys.ts';
import { useGroup } from './useGroup.ts';
import { useRates } from './useRates.ts';
import { useCharacterSide, useReferenceSide, useResultSides } from './useSides.ts';

interface CompareViewProps {
  /** Results; the first four are compared. One alone stands beside its reference. */
  ids: readonly string[];
  onClose: () => void;
}

export function CompareView({ ids, onClose }: CompareViewProps) {
  const { t } = useTexts();
  const queries = useQueries({ queries: ids.slice(0, mostResults).map((id) => commandQuery('library.get', { id })) });
  const failed = queries.find(({ isError }) => isError);
  const items = queries.flatMap(({ data }) => (data ? [data] : []));
  const retry = () => {
    for (const query of queries) if (query.isError) void query.refetch();
  };
  const isPending = queries.some((query) => query.isPending);
  return (
    <Dialog
      onClose={onClose}
      fullScreen
      title={t('viewer.compare.title')}
      styles={{ body: { height: 'calc(100cqh - 60px)', paddingBottom: 8 } }}
    >
      {/* The focus rests here, not on Close: keys mean the pictures. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: a click only gives the keys back; nothing is done by it */}
      <div className={classes.view} tabIndex={-1} data-autofocus onClick={keysBack} data-testid="compare-view">
        {failed ? <ErrorNote error={failed.error} onRetry={retry} /> : null}
        {isPending ? (
          <div className={classes.loading} role="status" aria-label={t('app.loading')}>
            <Skeleton height="100%" />
            <Skeleton height="100%" />
          </div>
        ) : null}
        {queries.length === 0 ? (
          <EmptyState
            icon={<IconArrowsDiff size={48} stroke={1.2} />}
            title={t('viewer.compare.empty')}
            text={t('viewer.compare.emptyText')}
          />
        ) : null}
        {!isPending && items.length > 0 ? <Compared items={items} leftOut={ids.length - mostResults} /> : null}
      </div>
    </Dialog>
  );
}

function useComparedSides(items: readonly LibraryItem[]): { sides: Side[]; retry: () => void } {
  const first = items[0] ?? null;
  const reference = useReferenceSide(first);
  const character = useCharacterSide(first);
  const results = useResultSides(items);
  return {
    sides: [...(reference ? [reference] : []), ...results.sides, ...(character ? [character] : [])],
    retry: results.retry,
  };
}

/** The character is a still: it is there when it is asked for. */
const startOf = (items: readonly LibraryItem[]): Comparison => ({
  ...freshComparison,
  hidden: ['character'],
  // Of several takes two are held against each other first, not one against its reference.
  ...(items.length > 1 ? { a: items[0]?.id ?? null, b: items[1]?.id ?? null } : {}),
  sound: items.find(({ hasAudio }) => hasAudio)?.id ?? null,
});

function Compared({ items, leftOut }: { items: readonly LibraryItem[]; leftOut: number }) {
  const { t } = useTexts();
  const { sides, retry } = useComparedSides(items);
  const [comparison, change] = useState(() => startOf(items));
  const [isGoToOpen, setIsGoToOpen] = useState(false);
  const [rates, noteRate] = useRates();
  const keys = shownOf(
    comparison,
    sides.map(({ key }) => key),
  );
  const shown = sides.filter(({ key }) => keys.includes(key));
  const pair = pairOf(comparison, keys);
  const active = activeOf(comparison, keys);
  const plan = planOf(shown, rates, comparison);
  const group = useGroup(plan);
  group.onRate = noteRate;
  useStartsToPlay(
    group,
    items.some(({ state }) => state === 'present'),
  );
  useCompareKeys({ group, plan, sides, keys, comparison, change, onGoTo: () => setIsGoToOpen(true) });
  const isOver = comparison.mode !== 'side';
  const tools = (side: Side) => (
    <SideTools
      side={side}
      comparison={comparison}
      letter={isOver ? letterOf(side, pair) : null}
      isActive={side.key === active}
      change={change}
    />
  );
  return (
    <>
      <CompareBar sides={sides} pair={pair} comparison={comparison} change={change} />
      {leftOut > 0 ? <p className={classes.note}>{t('viewer.compare.leftOut', { most: mostResults })}</p> : null}
      <Stage
        sides={shown}
        group={group}
        soundKey={comparison.sound}
        overlay={
          comparison.mode === 'side'
            ? null
            : {
                ...{ mode: comparison.mode, ...pair, wipe: comparison.wipe },
                shown: comparison.isShowingB ? pair.b : pair.a,
                isAmplified: comparison.isAmplified,
                onWipe: (wipe) => change((now) => ({ ...now, wipe })),
              }
        }
        caption={tools}
        onRetry={retry}
      />
      {isOver ? (
        <div className={classes.strip}>
          {shown.map((side) => (
            <div key={side.key} className={classes.stripSide}>
              {tools(side)}
            </div>
          ))}
        </div>
      ) : null}
      <ScrubBar group={group} plan={plan} />
      <GroupTransport group={group} plan={plan} isGoToOpen={isGoToOpen} onGoTo={setIsGoToOpen} />
    </>
  );
}

function planOf(shown: readonly Side[], rates: Readonly<Record<string, FrameRate>>, comparison: Comparison): GroupPlan {
  const { clock, lanes } = clockOfSides(shown, rates, comparison.offsets);
  return { clock, lanes, leader: comparison.sound ?? shown.find(({ kind }) => kind === 'result')?.key ?? null };
}

function letterOf({ key }: Side, pair: { a: string; b: string }): string | null {
  return key === pair.a ? 'A' : key === pair.b ? 'B' : null;
}
