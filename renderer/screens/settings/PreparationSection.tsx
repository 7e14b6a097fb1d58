/** How clips are prepared when an order does not say otherwise, and how much room that may take. */
import { NativeSelect, NumberInput } from '@mantine/core';
import type { Settings } from '../../../shared/contract/app.ts';
import { useTexts } from '../../text/i18n.ts';
import { Section } from './Section.tsx';
import { useSave } from './useSave.ts';

const GB = 1_000_000_000;

export function PreparationSection({ settings }: { settings: Settings }) {
  const { t } = useTexts();
  const save = useSave();
  const hints = {
    fast: t('settings.preparing.fastHint'),
    best: t('settings.preparing.bestHint'),
    keep: t('settings.preparing.keepHint'),
  };
  return (
    <Section title={t('settings.preparing.title')}>
      <NativeSelect
        label={t('settings.preparing.preset')}
        description={hints[settings.preset]}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={settings.preset}
        data={[
          { value: 'fast', label: t('create.recipe.presetFast') },
          { value: 'best', label: t('create.recipe.presetBest') },
          { value: 'keep', label: t('create.recipe.presetKeep') },
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          save({ preset: value === 'best' || value === 'keep' ? value : 'fast' });
        }}
      />
      <NumberInput
        key={settings.cacheMaxBytes}
        label={t('settings.preparing.cache')}
        rightSection={<span>{t('settings.preparing.cacheUnit')}</span>}
        rightSectionWidth={40}
        hideControls
        min={0.5}
        max={10_000}
        decimalScale={1}
        defaultValue={settings.cacheMaxBytes / GB}
        onBlur={(event) => {
          const size = Number.parseFloat(event.currentTarget.value);
          const cacheMaxBytes = Math.round(size * GB);
          if (size >= 0.5 && cacheMaxBytes !== settings.cacheMaxBytes) save({ cacheMaxBytes });
        }}
      />
    </Section>
  );
}
