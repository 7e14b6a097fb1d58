/** What the checks say together, in one line beside the price: problems, warnings and what is done by itself, each counted. */
import { IconAlertTriangle, IconCheck, IconCircleX } from '@tabler/icons-react';
import type { CheckResult } from '../../../shared/contract/media.ts';
import { countLines } from '../../state/order/checkOrder.ts';
import { useClip } from '../../state/trim/useClip.ts';
import { useShotAdvice } from '../../state/trim/useShots.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Create.module.css';

const icons = { bad: IconCircleX, warn: IconAlertTriangle, ok: IconCheck } as const;

export function ChecksHeadline({ check }: { check: CheckResult }) {
  const { t } = useTexts();
  const advice = useShotAdvice(useClip());
  const counts = countLines([...check.verdicts, ...advice]);
  const { warn, fixed } = counts;
  // What may not be ordered never fits, whatever its lines say.
  const blocked = Math.max(counts.blocked, check.isLegal ? 0 : 1);
  const level = blocked > 0 ? 'bad' : warn > 0 ? 'warn' : 'ok';
  const Icon = icons[level];
  const parts = [
    ...(blocked > 0 ? [t('create.checks.problems', { count: blocked })] : []),
    ...(warn > 0 ? [t('create.checks.warnings', { count: warn })] : []),
    ...(fixed > 0 ? [t('create.checks.adjustments', { count: fixed })] : []),
  ];
  return (
    <div className={classes.headline} data-level={level} data-testid="checks-headline" role="status">
      <Icon size={14} aria-hidden="true" />
      {parts.length === 0
        ? t('create.checks.allGood')
        : parts.map((part, index) => (
            <span key={part}>
              {index > 0 ? <span aria-hidden="true">· </span> : null}
              {part}
            </span>
          ))}
    </div>
  );
}
