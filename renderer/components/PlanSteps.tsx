/** What preparing does to a clip, step by step, and what comes out. */

import type { PreparePlan } from '../../shared/contract/media.ts';
import { formatSeconds } from '../../shared/time/duration.ts';
import { formatBytes } from '../format/units.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './PlanSteps.module.css';

export function PlanSteps({ plan }: { plan: PreparePlan }) {
  const { t, find, language } = useTexts();
  const { output } = plan;
  return (
    <section className={classes.plan} aria-label={t('create.checks.plan')}>
      <h3 className={classes.title}>{t('create.checks.plan')}</h3>
      {plan.kind === 'untouched' && plan.steps.length === 0 ? <div>{t('create.checks.planUntouched')}</div> : null}
      <ul className={classes.steps}>
        {plan.steps.map((step) => (
          <li key={step.id}>{find(`plan.${step.id}`, step.params) ?? step.id}</li>
        ))}
      </ul>
      <div className={`${classes.output} tabular`}>
        {output.width} × {output.height} · {formatSeconds(output.durationSeconds, language)} ·{' '}
        {t('create.checks.about', { size: formatBytes(output.predictedBytes, language) })}
      </div>
    </section>
  );
}
