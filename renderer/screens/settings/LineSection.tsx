/** The way to EvoLink through a studio's network: what is set, and a test that says at which step it ends. */
import { Button } from '@mantine/core';
import type { Settings } from '../../../shared/contract/app.ts';
import type { LinePlace, LineStep } from '../../../shared/contract/line.ts';
import { useCommandMutation } from '../../bridge/queries.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { useTexts } from '../../text/i18n.ts';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';

const commandLines = ['restage settings set proxy http://HOST:PORT', 'restage settings set ca FILE'];

export function LineSection({ settings }: { settings: Settings }) {
  const { t } = useTexts();
  const test = useCommandMutation('account.testLine');
  const { proxyUrl, caFile } = settings;
  const proxy =
    proxyUrl === '' ? t('settings.line.proxyFound') : proxyUrl === 'direct' ? t('settings.line.direct') : proxyUrl;
  return (
    <Section title={t('settings.line.title')}>
      <dl className={classes.facts}>
        <Fact label={t('settings.line.proxy')} value={proxy} />
        <Fact
          label={t('settings.line.authorities')}
          value={caFile === '' ? t('settings.line.authoritiesOwn') : caFile}
        />
      </dl>
      <div>
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate({})}>
          {t('settings.line.test')}
        </Button>
        <div role="status">
          {test.data?.places.map((place) => (
            <Place key={place.host} place={place} />
          ))}
        </div>
      </div>
      {test.isError ? <ErrorNote error={test.error} /> : null}
      <div className={classes.dim}>
        {t('settings.line.byCommand')}
        {commandLines.map((text) => (
          <div key={text}>
            <code>{text}</code>
          </div>
        ))}
      </div>
    </Section>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div style={{ display: 'contents' }}>
      <dt>{label}</dt>
      <dd style={{ gridColumn: '2 / 4' }}>{value}</dd>
    </div>
  );
}

function Place({ place: { host, proxy, steps } }: { place: LinePlace }) {
  const { t } = useTexts();
  const failed = steps.find(({ outcome }) => outcome === 'failed');
  return (
    <section aria-label={host} data-testid="line-place" className={classes.linePlace}>
      <strong>{host}</strong> {proxy === null ? null : t('settings.line.through', { proxy })}
      <dl className={classes.facts}>
        {steps
          .filter(({ outcome }) => outcome !== 'notNeeded')
          .map((step) => (
            <Fact key={step.step} label={t(`settings.line.step.${step.step}`)} value={wordsOf(step)} />
          ))}
      </dl>
      {failed ? <div className={classes.dim}>{t(`settings.line.advice.${failed.step}`)}</div> : null}
    </section>
  );

  function wordsOf({ outcome, detail }: LineStep): string {
    if (outcome === 'skipped') return t('settings.line.skipped');
    return `${outcome === 'ok' ? '✓' : '✗'} ${detail ?? ''}`;
  }
}
