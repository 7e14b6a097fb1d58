/** The one question about everything that was ordered while the balance was unknown: what it costs together, and what there is. */
import { Button, Group, Stack, Text } from '@mantine/core';
import type { Job } from '../../../shared/contract/jobs.ts';
import { isFinal } from '../../../shared/jobs/jobStates.ts';
import { addRanges, creditsToString, parseCredits } from '../../../shared/money/pricing.ts';
import { useCommandMutation } from '../../bridge/queries.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { balanceAfter, formatCreditRange, formatCredits, formatDollarRange, formatNumber } from '../../format/units.ts';
import { useConsentStore } from '../../state/order/consentStore.ts';
import { useAccount } from '../../state/shell/account.ts';
import { notifyError } from '../../state/shell/notify.tsx';
import { useTexts } from '../../text/i18n.ts';

function sumOf(jobs: readonly Job[]): { low: string; high: string } {
  const sum = jobs.reduce(
    (total, { estimate }) => addRanges(total, { low: parseCredits(estimate.low), high: parseCredits(estimate.high) }),
    { low: 0n, high: 0n },
  );
  return { low: creditsToString(sum.low), high: creditsToString(sum.high) };
}

export function ConsentDialog({ jobs }: { jobs: readonly Job[] }) {
  const { t, language } = useTexts();
  const { status } = useAccount();
  const answer = useCommandMutation('jobs.answerConsent');
  const open = jobs.filter((job) => job.isConsentOpen && !isFinal(job.state));
  const price = sumOf(open);
  const credits = formatCreditRange(price, language);
  const balance = status?.isSandbox === false ? status.remainingCredits : null;
  const after = balance ? balanceAfter(balance, price) : null;
  const later = () => useConsentStore.setState({ isPutOff: true });
  const say = (word: 'order' | 'cancel') =>
    answer.mutate({ answer: word }, { onSuccess: later, onError: (error) => notifyError(error) });
  return (
    <Dialog onClose={later} title={t('queue.consent.title')} isFirm>
      <Stack gap="sm">
        <Text>{t('queue.consent.text', { number: formatNumber(open.length, language, 0) })}</Text>
        <Text fw={600}>{t('queue.consent.price', { credits, dollars: formatDollarRange(price, language) })}</Text>
        {balance ? <Text>{t('queue.consent.balance', { credits: formatCredits(balance, language) })}</Text> : null}
        {after && !after.isEnough ? <Text c="var(--r-bad)">{t('queue.consent.short')}</Text> : null}
        <Group justify="space-between" gap="xs">
          <Button variant="subtle" color="gray" disabled={answer.isPending} onClick={() => say('cancel')}>
            {t('queue.consent.no')}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={later} data-autofocus>
              {t('queue.consent.later')}
            </Button>
            <Button loading={answer.isPending} onClick={() => say('order')}>
              {t('queue.consent.yes')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Dialog>
  );
}
