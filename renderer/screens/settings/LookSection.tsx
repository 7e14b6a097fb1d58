/** Language, theme and the size of the interface: all take effect at once. */
import { NativeSelect, SegmentedControl, Text } from '@mantine/core';
import type { Settings } from '../../../shared/contract/app.ts';
import { interfaceScales } from '../../../shared/rules/interfaceScale.ts';
import { formatShare } from '../../format/units.ts';
import { useKeyHints } from '../../keys/useKeys.ts';
import { useTexts } from '../../text/i18n.ts';
import { languageNames, languageSetting } from '../../text/languageNames.ts';
import { Section } from './Section.tsx';
import { useSave } from './useSave.ts';

export function LookSection({ settings }: { settings: Settings }) {
  const { t, language } = useTexts();
  const { keyOf } = useKeyHints();
  const keys = [keyOf('scaleUp'), keyOf('scaleDown')].filter(Boolean).join(' · ');
  const save = useSave();
  return (
    <Section title={t('settings.look.title')}>
      <NativeSelect
        label={t('settings.look.language')}
        value={settings.language}
        data={[
          { value: 'system', label: t('settings.look.languageSystem') },
          ...Object.entries(languageNames).map(([value, label]) => ({ value, label })),
        ]}
        onChange={(event) => save({ language: languageSetting(event.currentTarget.value) })}
      />
      <div>
        <Text size="xs" fw={500} mb={4}>
          {t('settings.look.theme')}
        </Text>
        <SegmentedControl
          fullWidth
          aria-label={t('settings.look.theme')}
          value={settings.theme}
          data={[
            { value: 'dark', label: t('settings.look.dark') },
            { value: 'light', label: t('settings.look.light') },
            { value: 'system', label: t('settings.look.system') },
          ]}
          onChange={(value) => save({ theme: value === 'light' || value === 'system' ? value : 'dark' })}
        />
      </div>
      <NativeSelect
        label={t('settings.look.scale')}
        description={keys === '' ? null : t('settings.look.scaleKeys', { keys })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={String(settings.interfaceScalePercent)}
        data={interfaceScales.map((percent) => ({
          value: String(percent),
          label: formatShare(percent / 100, language),
        }))}
        onChange={(event) => {
          const percent = interfaceScales.find((scale) => String(scale) === event.currentTarget.value);
          if (percent) save({ interfaceScalePercent: percent });
        }}
      />
    </Section>
  );
}
