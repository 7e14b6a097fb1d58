/** Copies on their way: which of how many, how far, and a way to stop that leaves what is finished. */
import { Progress, Text } from '@mantine/core';
import { shownText } from '../../../../shared/words/shownText.ts';
import { useCommand } from '../../../bridge/queries.ts';
import { useTexts } from '../../../text/i18n.ts';
import type { Copies } from './useCopies.ts';

export function MakingCopies({ running }: { running: NonNullable<Copies['running']> }) {
  const { t } = useTexts();
  const { id, done, total, ratio } = running;
  const item = useCommand('library.get', { id: id ?? '' }, id !== null).data;
  const share = total === 0 ? 0 : Math.min(1, (done + (done < total ? (ratio ?? 0) : 0)) / total);
  const label = t('library.export.copies.making', { number: Math.min(done + 1, total), total });
  return (
    <div>
      <Text size="sm" role="status">
        {label}
      </Text>
      <Progress value={share * 100} my={8} aria-label={label} animated={ratio === null} />
      <Text size="xs" c="dimmed" truncate>
        {item ? shownText(item.name) : '\u00a0'}
      </Text>
    </div>
  );
}
