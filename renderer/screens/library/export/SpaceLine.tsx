/** Before copies are made: how many, how much room they take and where, and which results cannot be copied, and why. */
import { Alert, List, Skeleton, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ConformPlan } from '../../../../shared/contract/conform.ts';
import type { ErrorData } from '../../../../shared/errors.ts';
import { call } from '../../../bridge/bridge.ts';
import { ErrorNote } from '../../../components/ErrorNote.tsx';
import { formatBytes } from '../../../format/units.ts';
import { sentenceOf, useExplain } from '../../../text/explain.ts';
import { useTexts } from '../../../text/i18n.ts';
import type { CopyOptions } from './copyForm.ts';

/** Every look reads what it was told to; a number that is being typed changes several times a second. */
const settleMs = 350;
const mostShown = 5;

export function useCopyPlan(ids: readonly string[], options: CopyOptions | null) {
  const [settled] = useDebouncedValue(JSON.stringify({ ids, options }), settleMs);
  const asked = JSON.parse(settled) as { ids: string[]; options: CopyOptions | null };
  const plan = useQuery({
    queryKey: ['handoff.conformPlan', settled],
    queryFn: () => (asked.options ? call('handoff.conformPlan', { ...asked.options, ids: asked.ids }) : null),
    enabled: asked.options !== null,
    // What is there, and what is free, changes without an event.
    gcTime: 0,
    staleTime: 0,
  });
  const isCurrent = settled === JSON.stringify({ ids, options });
  return { plan: isCurrent ? (plan.data ?? null) : null, error: isCurrent ? plan.error : null };
}

/** None of them can be made, or the disk has no room for all. */
export const isHopeless = ({ items, neededBytes, freeBytes }: ConformPlan): boolean =>
  items.every(({ state }) => state === 'refused') || (freeBytes !== null && neededBytes > freeBytes);

export function SpaceLine({ plan, error }: { plan: ConformPlan | null; error: unknown }) {
  const { t, language } = useTexts();
  if (error) return <ErrorNote error={error} />;
  if (!plan) return <Skeleton height={20} aria-label={t('library.export.copies.looking')} />;
  const { items, neededBytes, freeBytes, folder } = plan;
  const count = (state: 'new' | 'there') => items.filter((item) => item.state === state).length;
  const bytes = (value: number) => formatBytes(value, language);
  const lines = [
    ...(count('new') > 0 ? [t('library.export.copies.toMake', { count: count('new'), size: bytes(neededBytes) })] : []),
    ...(count('there') > 0 ? [t('library.export.copies.there', { count: count('there') })] : []),
    ...(freeBytes === null ? [] : [t('library.export.copies.free', { size: bytes(freeBytes) })]),
  ];
  return (
    <>
      <div role="status" data-testid="copy-space">
        <Text size="sm" className="tabular">
          {lines.join(' · ')}
        </Text>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {folder}
        </Text>
      </div>
      {freeBytes !== null && neededBytes > freeBytes ? (
        <Alert color="red" variant="light" role="alert">
          {t('library.export.copies.noRoom', { size: bytes(neededBytes - freeBytes) })}
        </Alert>
      ) : null}
      <Refused plan={plan} />
    </>
  );
}

function Refused({ plan }: { plan: ConformPlan }) {
  const { t } = useTexts();
  const explain = useExplain();
  const errors = plan.items.flatMap((item) => (item.state === 'refused' ? [item.error as ErrorData] : []));
  if (errors.length === 0) return null;
  const sentences = errors.map((error) => {
    const { title, advice, reasons } = explain(error);
    return reasons.length > 0 ? reasons.map(sentenceOf).join(' ') : [title, advice].filter(Boolean).join(' · ');
  });
  const shown = [...new Set(sentences)];
  return (
    <Alert
      color="yellow"
      variant="light"
      role="alert"
      title={t('library.export.copies.refused', { count: errors.length })}
    >
      <List size="sm">
        {shown.slice(0, mostShown).map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
      {shown.length > mostShown ? t('library.export.copies.more', { count: shown.length - mostShown }) : null}
    </Alert>
  );
}
