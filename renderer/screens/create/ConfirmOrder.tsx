/** The question before real credits are spent: the price, what remains, that it cannot be undone, and (once) the right to the likeness. */
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { PayButton } from '../../components/PayButton.tsx';
import { balanceAfter, formatCreditRange, formatDollarRange, formatNumber } from '../../format/units.ts';
import { timesTakes } from '../../state/matrix/matrix.ts';
import { useTakesStore } from '../../state/order/takesStore.ts';
import { useAccount } from '../../state/shell/account.ts';
import { useTexts } from '../../text/i18n.ts';
import { useOrderCheck } from './useOrderCheck.ts';

interface ConfirmOrderProps {
  needsRights: boolean;
  /** False while what would be ordered is not yet what stands here. */
  canOrder: boolean;
  onConfirm: () => void;
  onDecline: () => void;
}

export function ConfirmOrder({ needsRights, canOrder, onConfirm, onDecline }: ConfirmOrderProps) {
  const { t, language } = useTexts();
  const { check } = useOrderCheck();
  const { status } = useAccount();
  const [hasRights, setHasRights] = useState(false);
  const takes = useTakesStore((state) => state.takes);
  if (!check?.price) return null;
  const price = timesTakes(check.price, takes);
  const credits = formatCreditRange(price, language);
  const after = status?.remainingCredits ? balanceAfter(status.remainingCredits, price) : null;
  return (
    <Dialog onClose={onDecline} title={t('create.confirm.title', { count: takes })} isFirm>
      <Stack gap="sm">
        <Text>{t('create.confirm.price', { credits, dollars: formatDollarRange(price, language) })}</Text>
        {after ? (
          <Text {...(after.isEnough ? {} : { c: 'var(--r-bad)' })}>
            {t('create.confirm.after', { credits: formatNumber(after.credits, language) })}
          </Text>
        ) : null}
        <Text c="dimmed">{t('create.confirm.noUndo')}</Text>
        {needsRights ? (
          <Checkbox
            label={t('create.confirm.rights')}
            checked={hasRights}
            onChange={(event) => setHasRights(event.currentTarget.checked)}
          />
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDecline}>
            {t('app.action.cancel')}
          </Button>
          <PayButton onPay={onConfirm} disabled={!canOrder || (needsRights && !hasRights)}>
            {t('create.confirm.yes', { credits })}
          </PayButton>
        </Group>
      </Stack>
    </Dialog>
  );
}
