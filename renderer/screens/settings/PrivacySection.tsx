/** What leaves this computer, when, and to whom; docs/privacy.md says the same at length. */
import { useTexts } from '../../text/i18n.ts';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';

const rows = ['order', 'prompt', 'account', 'result', 'callback', 'webHook', 'never'] as const;

export function PrivacySection() {
  const { t } = useTexts();
  return (
    <Section title={t('settings.privacy.title')}>
      <div className={classes.dim}>{t('settings.privacy.about')}</div>
      <dl className={classes.facts}>
        {rows.map((row) => (
          <div key={row} style={{ display: 'contents' }}>
            <dt>{t(`settings.privacy.${row}.what`)}</dt>
            <dd style={{ gridColumn: '2 / 4' }}>{t(`settings.privacy.${row}.when`)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
