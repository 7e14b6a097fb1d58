/** Whether the library keeps what its results were made of, and how much room that takes. */
import { Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCommand, useCommandMutation } from '../../bridge/queries.ts';
import { formatBytes } from '../../format/units.ts';
import { notifyError } from '../../state/shell/notify.tsx';
import { useTexts } from '../../text/i18n.ts';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';

export function OriginalsSection() {
  const { t, language } = useTexts();
  const client = useQueryClient();
  const state = useCommand('library.originals', {}).data;
  const keeping = useCommandMutation('library.keepOriginals');
  const keep = (isKept: boolean) =>
    keeping.mutate(
      { isKept },
      {
        onSuccess: (next) => client.setQueryData(['library.originals', {}], next),
        onError: (error) => notifyError(error),
      },
    );
  return (
    <Section title={t('settings.originals.title')}>
      <Switch
        label={t('settings.originals.keep')}
        description={t('settings.originals.hint')}
        checked={state?.isKept ?? false}
        disabled={state === undefined}
        onChange={({ currentTarget: { checked } }) => keep(checked)}
      />
      {state && (state.isKept || state.count > 0) ? (
        <div className={`${classes.dim} tabular`}>
          {t('settings.originals.size', { count: state.count, size: formatBytes(state.sizeBytes, language) })}
        </div>
      ) : null}
      {state && state.missing > 0 ? (
        <div className={classes.dim} role="status">
          {t('settings.originals.missing', { count: state.missing })}
        </div>
      ) : null}
    </Section>
  );
}
