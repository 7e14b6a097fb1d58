/** How copies for the timeline are made: codec, rate, sequence, sound, names. */
import { Checkbox, Group, NativeSelect, NumberInput, Stack } from '@mantine/core';
import { conformPresetIds } from '../../../../shared/handoff/conformPresets.ts';
import { conformRateNames } from '../../../../shared/handoff/conformRate.ts';
import { useTexts } from '../../../text/i18n.ts';
import { type CopyForm, sequenceSizes } from './copyForm.ts';
import { OffsetInput } from './OffsetInput.tsx';

interface CopyFieldsProps {
  form: CopyForm;
  change: (fields: Partial<CopyForm>) => void;
}

const rates = ['reference', 'result', ...conformRateNames] as const;
const sounds = ['original', 'result', 'none'] as const;

export function CopyFields({ form, change }: CopyFieldsProps) {
  const { t } = useTexts();
  return (
    <Stack gap="sm">
      <Group gap="sm" grow align="flex-start">
        <NativeSelect
          label={t('library.export.copies.codec')}
          value={form.preset}
          data={conformPresetIds.map((value) => ({ value, label: t(`library.export.copies.codecs.${value}`) }))}
          onChange={({ currentTarget: { value } }) =>
            change({ preset: conformPresetIds.find((id) => id === value) ?? 'prores422' })
          }
        />
        <NativeSelect
          label={t('library.export.copies.rate')}
          value={form.rate}
          data={rates.map((value) => ({
            value,
            label:
              value === 'reference' || value === 'result'
                ? t(`library.export.copies.rates.${value}`)
                : t('library.export.copies.fps', { rate: value }),
          }))}
          onChange={({ currentTarget: { value } }) =>
            change({ rate: rates.find((rate) => rate === value) ?? 'reference' })
          }
        />
      </Group>
      <SequenceFields form={form} change={change} />
      <Group gap="sm" grow align="flex-start">
        <NativeSelect
          label={t('library.export.copies.sound')}
          value={form.sound}
          data={sounds.map((value) => ({ value, label: t(`library.export.copies.sounds.${value}`) }))}
          onChange={({ currentTarget: { value } }) =>
            change({ sound: sounds.find((sound) => sound === value) ?? 'original' })
          }
        />
        {form.sound === 'original' ? (
          <OffsetInput
            label={t('library.export.copies.offset')}
            placeholder={t('library.export.copies.offsetFound')}
            value={form.offsetMs}
            onChange={(offsetMs) => change({ offsetMs })}
          />
        ) : (
          <span />
        )}
      </Group>
      <Checkbox
        label={t('library.export.copies.restamp')}
        description={t('library.export.copies.restampHint')}
        checked={form.isRestamped && form.rate !== 'result'}
        disabled={form.rate === 'result'}
        onChange={({ currentTarget: { checked } }) => change({ isRestamped: checked })}
      />
      <Checkbox
        label={t('library.export.copies.ascii')}
        description={t('library.export.copies.asciiHint')}
        checked={form.isAscii}
        onChange={({ currentTarget: { checked } }) => change({ isAscii: checked })}
      />
      <Checkbox
        label={t('library.export.copies.provenance')}
        checked={form.hasProvenance}
        onChange={({ currentTarget: { checked } }) => change({ hasProvenance: checked })}
      />
    </Stack>
  );
}

function SequenceFields({ form, change }: CopyFieldsProps) {
  const { t } = useTexts();
  const side = (name: 'width' | 'height') => (
    <NumberInput
      label={t(`library.export.copies.${name}`)}
      value={form[name]}
      min={2}
      max={8192}
      step={2}
      allowDecimal={false}
      allowNegative={false}
      onChange={(value) => {
        if (typeof value === 'number') change({ [name]: value });
      }}
    />
  );
  return (
    <>
      <Group gap="sm" grow align="flex-start">
        <NativeSelect
          label={t('library.export.copies.size')}
          value={form.size}
          data={sequenceSizes.map((value) => ({
            value,
            label:
              value === 'own' || value === 'other'
                ? t(`library.export.copies.sizes.${value}`)
                : value.replace('x', ' × '),
          }))}
          onChange={({ currentTarget: { value } }) =>
            change({ size: sequenceSizes.find((size) => size === value) ?? 'own' })
          }
        />
        <NativeSelect
          label={t('library.export.copies.fit')}
          value={form.fit}
          disabled={form.size === 'own'}
          data={(['pad', 'scale'] as const).map((value) => ({
            value,
            label: t(`library.export.copies.fits.${value}`),
          }))}
          onChange={({ currentTarget: { value } }) => change({ fit: value === 'scale' ? 'scale' : 'pad' })}
        />
      </Group>
      {form.size === 'other' ? (
        <Group gap="sm" grow align="flex-start">
          {side('width')}
          {side('height')}
        </Group>
      ) : null}
    </>
  );
}
