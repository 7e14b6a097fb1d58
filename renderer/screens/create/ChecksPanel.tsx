/** Every rule for this order on a line of its own: what was found, what holds, what will be done, and a button where the person must. */
import { Anchor, Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircleX, IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import type { CheckResult, Verdict } from '../../../shared/contract/media.ts';
import { valueText } from '../../../shared/rules/limitOverrides.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PlanSteps } from '../../components/PlanSteps.tsx';
import { formatDay, formatNumber } from '../../format/units.ts';
import { type CheckLine, type Fix, fixesOf, sortVerdicts } from '../../state/order/checkOrder.ts';
import { longestTake } from '../../state/trim/shots.ts';
import { toSeconds } from '../../state/trim/trim.ts';
import { useClip } from '../../state/trim/useClip.ts';
import { useShotAdvice, useShots } from '../../state/trim/useShots.ts';
import { explainReason } from '../../text/explain.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Create.module.css';
import { LongOffer } from './LongOffer.tsx';
import { useFix } from './useFix.ts';
import { useOrderCheck } from './useOrderCheck.ts';

const icons = { pass: IconCheck, fixed: IconSparkles, warn: IconAlertTriangle, blocked: IconCircleX } as const;

export function ChecksPanel() {
  const { t } = useTexts();
  const { check, error, retry } = useOrderCheck();
  return (
    <Panel title={t('create.checks.title')}>
      {error ? <ErrorNote error={error} onRetry={retry} /> : null}
      {check ? <Lines check={check} /> : null}
      {check || error ? null : <Waiting />}
    </Panel>
  );
}

function Waiting() {
  const { t } = useTexts();
  const isAsking = useClip() !== null;
  return isAsking ? (
    <Skeleton height={14} radius="sm" />
  ) : (
    <div className={classes.dim}>{t('create.checks.empty')}</div>
  );
}

function Lines({ check }: { check: CheckResult }) {
  const { t } = useTexts();
  const [showsPassed, setShowsPassed] = useState(false);
  const advice = useShotAdvice(useClip());
  const sorted = sortVerdicts<CheckLine>([...check.verdicts, ...advice]);
  // A limit of one's own is said even where it passes.
  const isQuiet = (line: CheckLine) => line.state === 'pass' && !line.override;
  const passed = sorted.filter(isQuiet);
  const shown = showsPassed ? sorted : sorted.filter((line) => !isQuiet(line));
  return (
    <>
      <ul className={classes.checks} aria-label={t('create.checks.title')}>
        {shown.map((verdict) => (
          <Line key={`${verdict.field}.${verdict.rule}`} verdict={verdict} />
        ))}
      </ul>
      {passed.length > 0 ? (
        <Anchor
          component="button"
          type="button"
          size="xs"
          mt={shown.length > 0 ? 12 : 0}
          aria-expanded={showsPassed}
          onClick={() => setShowsPassed(!showsPassed)}
        >
          {showsPassed ? t('create.checks.hidePassed') : t('create.checks.showPassed', { number: passed.length })}
        </Anchor>
      ) : null}
      {check.plan ? <PlanSteps plan={check.plan} /> : null}
    </>
  );
}

function Line({ verdict }: { verdict: CheckLine }) {
  const texts = useTexts();
  const { t } = texts;
  const Icon = icons[verdict.state];
  const { title, value, rule, fix } = explainReason(texts, verdict);
  const fixes = fixesOf(verdict);
  const clip = useClip();
  return (
    <li className={classes.check} data-state={verdict.state} data-rule={verdict.rule} data-testid="check">
      <Icon size={16} aria-label={t(`create.checks.${verdict.state}`)} role="img" />
      <div>
        <div className={classes.checkTitle}>{title}</div>
        <div>{value}</div>
        {verdict.state === 'blocked' || verdict.state === 'warn' ? (
          <div className={classes.checkText}>{rule}</div>
        ) : null}
        {verdict.state === 'pass' ? null : <div className={classes.checkText}>{fix}</div>}
        {verdict.override ? <Overridden override={verdict.override} /> : null}
      </div>
      {fixes.length > 0 ? (
        <div className={classes.checkAction}>
          {verdict.rule === 'clip.durationMax' && clip ? <LongOffer clip={clip} /> : null}
          {fixes.map((name) => (
            <FixButton key={name} fix={name} />
          ))}
        </div>
      ) : null}
    </li>
  );
}

function Overridden({ override: { date, note, name, value, table } }: { override: NonNullable<Verdict['override']> }) {
  const { t, language } = useTexts();
  const values = { value: valueText(name, value), table: valueText(name, table), date: formatDay(date, language) };
  return (
    <div className={classes.checkText}>
      {t('limits.override', values)} {note ? t('limits.because', { note }) : null}
    </div>
  );
}

function FixButton({ fix }: { fix: Fix }) {
  const { t } = useTexts();
  const runFix = useFix();
  const seconds = useFixSeconds(fix);
  return (
    <Button size="compact-xs" variant="light" className={classes.fix} onClick={() => runFix(fix)}>
      {t(`create.checks.fix.${fix}`, { seconds: seconds ?? '' })}
    </Button>
  );
}

/** How long the range is after the fix, where that is what it changes. */
function useFixSeconds(fix: Fix): string | number | undefined {
  const { language } = useTexts();
  const clip = useClip();
  const { takes } = useShots(clip);
  if (fix !== 'trimToTake') return fix === 'trimToMax' ? clip?.maxSeconds : clip?.minSeconds;
  const take = clip ? longestTake(clip.clock, takes, clip) : null;
  return clip && take ? formatNumber(toSeconds(clip.clock, take.to - take.from), language) : undefined;
}
