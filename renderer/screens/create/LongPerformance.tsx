/** A stretch that is too long for one order, offered as back-to-back parts: where each begins, what all of them cost, and the one order. */
import { Button, Checkbox, Group, Loader, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { PerformancePlan } from '../../../shared/contract/performance.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { formatSeconds } from '../../../shared/time/duration.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { PayButton } from '../../components/PayButton.tsx';
import { balanceAfter, formatCreditRange, formatDollarRange, formatNumber } from '../../format/units.ts';
import { useDraft } from '../../state/order/draftStore.ts';
import { useAccount } from '../../state/shell/account.ts';
import { formatPosition } from '../../state/trim/trim.ts';
import type { Clip } from '../../state/trim/useClip.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './LongPerformance.module.css';
import { useLongPerformance } from './useLongPerformance.ts';

export function LongPerformance({ clip, onClose }: { clip: Clip; onClose: () => void }) {
  const { t } = useTexts();
  const { keepSound } = useDraft();
  const [hasRights, setHasRights] = useState(false);
  const { plan, error, isOrdering, isReal, needsRights, order } = useLongPerformance(clip, onClose);
  const parts = plan?.parts ?? [];
  return (
    <Dialog onClose={onClose} title={t('create.long.title')} size={560} isFirm>
      <Stack gap="sm">
        {error ? <ErrorNote error={error} /> : null}
        {plan === null ? <Text>{t('create.long.none')}</Text> : null}
        {plan ? <Parts clip={clip} plan={plan} /> : null}
        {plan === undefined && !error ? <Loader size="sm" aria-label={t('create.long.looking')} /> : null}
        {plan ? (
          <>
            <Text c="dimmed" role="status">
              {t(plan.isScanned ? 'create.long.quiet' : 'create.long.looking')}
            </Text>
            <Text c="dimmed">
              {t(keepSound && clip.facts.audio.length > 0 ? 'create.long.joinedSound' : 'create.long.joinedSilent')}
            </Text>
            {isReal ? <Text c="dimmed">{t('create.confirm.noUndo')}</Text> : null}
          </>
        ) : null}
        {needsRights ? (
          <Checkbox
            label={t('create.confirm.rights')}
            checked={hasRights}
            onChange={(event) => setHasRights(event.currentTarget.checked)}
          />
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('app.action.cancel')}
          </Button>
          <PayButton onPay={order} disabled={parts.length === 0 || isOrdering || (needsRights && !hasRights)}>
            {t('create.long.order', { number: parts.length })}
          </PayButton>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Parts({ clip, plan }: { clip: Clip; plan: PerformancePlan }) {
  const { t, language } = useTexts();
  const { status } = useAccount();
  const money = creditsOf(status?.isSandbox);
  const after = status?.remainingCredits ? balanceAfter(status.remainingCredits, plan.price) : null;
  return (
    <>
      <table className={`${classes.parts} tabular`} aria-label={t('create.long.parts')}>
        <tbody>
          {plan.parts.map(({ recipe, seconds, price }, index) => (
            <tr key={recipe.part?.number}>
              <th scope="row">{index + 1}</th>
              <td className="mono">
                {formatPosition(clip.clock, recipe.trim?.from ?? 0)} →{' '}
                {formatPosition(clip.clock, recipe.trim?.to ?? clip.clock.length)}
              </td>
              <td>{formatSeconds(seconds, language)}</td>
              <td>{t('create.cost.credits', { credits: formatCreditRange(price, language), ...money })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={`${classes.sum} tabular`} data-testid="long-price">
        <strong>{t('create.cost.credits', { credits: formatCreditRange(plan.price, language), ...money })}</strong>
        <Text span c="dimmed">
          {t('create.cost.dollars', { dollars: formatDollarRange(plan.price, language), ...money })}
        </Text>
      </div>
      {after ? (
        <Text {...(after.isEnough ? { c: 'dimmed' } : { c: 'var(--r-bad)' })}>
          {t(after.isEnough ? 'create.cost.after' : 'create.cost.notEnough', {
            credits: formatNumber(after.credits, language),
            ...money,
          })}
        </Text>
      ) : null}
    </>
  );
}
