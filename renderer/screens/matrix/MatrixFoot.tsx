/** What is picked, what it costs together, what remains, and the one button. An order cannot be undone: it is said where it is true. */
import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { balanceAfter, formatCreditRange, formatDollarRange, formatNumber } from '../../format/units.ts';
import type { Price } from '../../state/matrix/matrix.ts';
import { useAccount } from '../../state/shell/account.ts';
import { useTexts } from '../../text/i18n.ts';
import type { useMatrix } from './useMatrix.ts';

export function MatrixFoot({ matrix }: { matrix: ReturnType<typeof useMatrix> }) {
  const { t, language } = useTexts();
  const [hasRights, setHasRights] = useState(false);
  const { picked, total, number } = matrix;
  const sums = {
    number,
    credits: formatCreditRange(total, language),
    dollars: formatDollarRange(total, language),
    ...creditsOf(!matrix.isReal),
  };
  return (
    <>
      {matrix.needsRights ? (
        <Checkbox
          label={t('create.confirm.rights')}
          checked={hasRights}
          onChange={(event) => setHasRights(event.currentTarget.checked)}
        />
      ) : null}
      {matrix.isReal ? <Text c="dimmed">{t('create.confirm.noUndo')}</Text> : null}
      <Group justify="space-between" gap="md">
        <div>
          <Text className="tabular" role="status" data-testid="matrix-total">
            {picked.length > 0 ? t('create.matrix.total', sums) : t('create.matrix.nothing')}
          </Text>
          {picked.length > 0 ? <Balance total={total} /> : null}
        </div>
        <Button
          disabled={picked.length === 0 || (matrix.needsRights && !hasRights)}
          loading={matrix.isOrdering}
          onClick={matrix.order}
        >
          {picked.length > 0 ? t('create.matrix.order', { number }) : t('create.shelf.order')}
        </Button>
      </Group>
    </>
  );
}

function Balance({ total }: { total: Price }) {
  const { t, language } = useTexts();
  const { status } = useAccount();
  if (!status?.remainingCredits) return null;
  const { credits, isEnough } = balanceAfter(status.remainingCredits, total);
  return (
    <Text size="xs" c={isEnough ? 'dimmed' : 'var(--r-bad)'} className="tabular">
      {t(isEnough ? 'create.cost.after' : 'create.cost.notEnough', {
        credits: formatNumber(credits, language),
        ...creditsOf(status.isSandbox),
      })}
    </Text>
  );
}
