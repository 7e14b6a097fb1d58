/** How many jobs may be at the provider at once. */
import { NativeSelect } from '@mantine/core';
import type { Settings } from '../../../shared/contract/app.ts';
import { useTexts } from '../../text/i18n.ts';
import { Section } from './Section.tsx';
import { useSave } from './useSave.ts';

const numbers = Array.from({ length: 20 }, (_, index) => String(index + 1));

export function JobsAtOnceSection({ settings }: { settings: Settings }) {
  const { t } = useTexts();
  const save = useSave();
  return (
    <Section title={t('settings.atOnce.title')}>
      <NativeSelect
        label={t('settings.atOnce.label')}
        description={t('settings.atOnce.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={String(settings.maxAtProvider ?? '')}
        data={[{ value: '', label: t('settings.atOnce.noLimit') }, ...numbers]}
        onChange={({ currentTarget: { value } }) => save({ maxAtProvider: value === '' ? null : Number(value) })}
      />
    </Section>
  );
}
