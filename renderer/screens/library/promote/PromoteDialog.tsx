/** Order again in 1080p: what each costs now against before, how many takes, what remains, and the one button that orders. */
import { Alert, Button, Checkbox, Group, List, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { creditsToString, parseCredits } from '../../../../shared/money/pricing.ts';
import { creditsOf } from '../../../../shared/money/testCredits.ts';
import { shownText } from '../../../../shared/words/shownText.ts';
import { Dialog } from '../../../components/Dialog.tsx';
import { PayButton } from '../../../components/PayButton.tsx';
import {
  balanceAfter,
  formatCreditRange,
  formatCredits,
  formatDollarRange,
  formatNumber,
} from '../../../format/units.ts';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import type { Price } from '../../../state/matrix/matrix.ts';
import { mostTakes } from '../../../state/order/takesStore.ts';
import { useAccount } from '../../../state/shell/account.ts';
import { sentenceOf, useExplain } from '../../../text/explain.ts';
import { useTexts } from '../../../text/i18n.ts';
import { mostPromoted, type PromoteLine, usePromote } from './usePromote.ts';

const takeChoices = Array.from({ length: mostTakes }, (_, index) => String(index + 1));

export function PromoteDialog({ ids }: { ids: readonly string[] }) {
  const { t, language } = useTexts();
  const [takes, setTakes] = useState(1);
  const [hasRights, setHasRights] = useState(false);
  const promote = usePromote(ids, takes);
  const { ready, after, isReal, needsRights } = promote;
  const close = () => useLibraryStore.setState({ promoteIds: null });
  const number = ready.length * takes;
  const credits = formatCreditRange(after, language);
  const isReady = !promote.isLoading && !promote.isOrdering && number > 0 && ids.length <= mostPromoted;
  const pay = () => {
    void promote.order().then((isOrdered) => {
      if (isOrdered) close();
    });
  };
  return (
    <Dialog onClose={close} title={t('library.promote.title', { count: ids.length })} size="lg" isFirm>
      <Stack gap="sm">
        <Prices promote={promote} number={number} />
        <div>
          <Text size="sm" mb={4}>
            {t('create.matrix.takesLabel')}
          </Text>
          <SegmentedControl
            aria-label={t('create.matrix.takesLabel')}
            data={takeChoices}
            value={String(takes)}
            onChange={(value) => setTakes(Number(value))}
          />
        </div>
        <Left promote={promote} />
        {ids.length > mostPromoted ? (
          <Alert color="yellow">{t('library.promote.tooMany', { max: mostPromoted })}</Alert>
        ) : null}
        {isReal ? <Text c="dimmed">{t('create.confirm.noUndo')}</Text> : null}
        {needsRights ? (
          <Checkbox
            label={t('create.confirm.rights')}
            checked={hasRights}
            onChange={(event) => setHasRights(event.currentTarget.checked)}
          />
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {t('app.action.cancel')}
          </Button>
          <PayButton onPay={pay} disabled={!isReady || (needsRights && !hasRights)}>
            {number > 0 ? t('library.promote.order', { credits, ...creditsOf(!isReal) }) : t('library.promote.action')}
          </PayButton>
        </Group>
      </Stack>
    </Dialog>
  );
}

type Promote = ReturnType<typeof usePromote>;

const difference = (before: Price, after: Price) =>
  creditsToString(parseCredits(after.high) - parseCredits(before.high));

function Prices({ promote, number }: { promote: Promote; number: number }) {
  const { t, language } = useTexts();
  const { before, after, isReal, isLoading } = promote;
  const { status } = useAccount();
  if (number === 0) return isLoading ? <Text role="status">{t('library.promote.looking')}</Text> : null;
  const money = creditsOf(!isReal);
  const rest = status?.remainingCredits ? balanceAfter(status.remainingCredits, after) : null;
  return (
    <div className="tabular" role="status" data-testid="promote-price">
      <Text>
        {t('library.promote.price', {
          number,
          before: formatCreditRange(before, language),
          after: formatCreditRange(after, language),
          more: formatCredits(difference(before, after), language),
          ...money,
        })}
      </Text>
      <Text c="dimmed" size="sm">
        {t('create.cost.dollars', { dollars: formatDollarRange(after, language), ...money })}
      </Text>
      {rest ? (
        <Text size="sm" c={rest.isEnough ? 'dimmed' : 'var(--r-bad)'}>
          {t(rest.isEnough ? 'create.cost.after' : 'create.cost.notEnough', {
            credits: formatNumber(rest.credits, language),
            ...money,
          })}
        </Text>
      ) : null}
    </div>
  );
}

/** What is not promoted, and why. */
function Left({ promote }: { promote: Promote }) {
  const { t } = useTexts();
  const { lines, left } = promote;
  const blocked = lines.filter(({ isChecked, prices }) => isChecked && prices === null);
  if (blocked.length === 0 && left === 0) return null;
  return (
    <Alert color="yellow" variant="light" role="alert">
      {left > 0 ? <Text size="sm">{t('library.promote.left', { count: left })}</Text> : null}
      {blocked.length > 0 ? (
        <List size="sm">
          {blocked.map((line) => (
            <List.Item key={line.item.id}>
              <Blocked line={line} />
            </List.Item>
          ))}
        </List>
      ) : null}
    </Alert>
  );
}

function Blocked({ line: { item, blockedBy, error } }: { line: PromoteLine }) {
  const explained = useExplain()(error ?? { code: 'refused', reasons: blockedBy ? [blockedBy] : [] });
  const why =
    explained.reasons.length > 0
      ? explained.reasons.map(sentenceOf).join(' ')
      : [explained.title, explained.advice].filter((part) => part !== null).join(' · ');
  return (
    <>
      <strong>{shownText(item.name)}</strong> {why}
    </>
  );
}
