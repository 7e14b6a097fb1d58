/** Where orders go: a stored choice, never derived from a key. */
import { Radio, Stack, Text } from '@mantine/core';
import type { Settings } from '../../../shared/contract/app.ts';
import { useTexts } from '../../text/i18n.ts';
import { Section } from './Section.tsx';
import { useSave } from './useSave.ts';

export function ProviderSection({ settings }: { settings: Settings }) {
  const { t } = useTexts();
  const save = useSave();
  return (
    <Section title={t('settings.provider.title')}>
      <Radio.Group
        aria-label={t('settings.provider.label')}
        value={settings.provider}
        onChange={(value) => save({ provider: value === 'evolink' ? 'evolink' : 'sandbox' })}
      >
        <Stack gap="sm">
          <Radio
            value="sandbox"
            label={t('settings.provider.sandbox')}
            description={t('settings.provider.sandboxHint')}
          />
          <Radio
            value="evolink"
            label={t('settings.provider.evolink')}
            description={t('settings.provider.evolinkHint')}
          />
        </Stack>
      </Radio.Group>
      <Text c="dimmed" size="xs">
        {t('settings.provider.note')}
      </Text>
    </Section>
  );
}
