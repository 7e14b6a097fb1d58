/** Milliseconds by which the original sound comes later than by the trim; empty: found by comparing. */
import { NumberInput } from '@mantine/core';
import { useTexts } from '../../../text/i18n.ts';

interface OffsetInputProps {
  label: string;
  placeholder?: string;
  value: number | null;
  onChange: (offsetMs: number | null) => void;
}

/** As the contract has it. */
const mostMs = 10_000;

export function OffsetInput({ label, placeholder, value, onChange }: OffsetInputProps) {
  const { t } = useTexts();
  return (
    <NumberInput
      label={label}
      placeholder={placeholder ?? ''}
      value={value ?? ''}
      min={-mostMs}
      max={mostMs}
      step={10}
      decimalScale={3}
      clampBehavior="strict"
      rightSection={<span>{t('library.export.copies.ms')}</span>}
      rightSectionWidth={40}
      hideControls
      onChange={(typed) => onChange(typeof typed === 'number' ? typed : null)}
    />
  );
}
