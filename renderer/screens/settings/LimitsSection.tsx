/** Spending limits, in credits; empty is none. */
import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Settings } from '../../../shared/contract/app.ts';
import { creditsToString, parseCredits } from '../../../shared/money/pricing.ts';
import { useTexts } from '../../text/i18n.ts';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';
import { useSave } from './useSave.ts';

const names = ['perJob', 'perDay', 'perMonth'] as const;

/** Undefined: not an amount. A decimal comma is read as a point. */
function readLimit(text: string): string | null | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  try {
    const units = parseCredits(trimmed);
    return units < 0n ? undefined : creditsToString(units);
  } catch {
    return undefined;
  }
}

export function LimitsSection({ settings }: { settings: Settings }) {
  const { t } = useTexts();
  return (
    <Section title={t('settings.limits.title')}>
      <Text className={classes.dim}>{t('settings.limits.about')}</Text>
      <div className={classes.thirds}>
        {names.map((name) => (
          <LimitField key={`${name}-${settings.limits[name]}`} name={name} settings={settings} />
        ))}
      </div>
    </Section>
  );
}

function LimitField({ name, settings }: { name: (typeof names)[number]; settings: Settings }) {
  const { t } = useTexts();
  const save = useSave();
  const [isBad, setIsBad] = useState(false);
  return (
    <TextInput
      label={t(`settings.limits.${name}`)}
      inputMode="decimal"
      defaultValue={settings.limits[name] ?? ''}
      error={isBad ? t('settings.limits.bad') : null}
      onBlur={(event) => {
        const limit = readLimit(event.currentTarget.value);
        setIsBad(limit === undefined);
        if (limit !== undefined && limit !== settings.limits[name]) {
          save({ limits: { ...settings.limits, [name]: limit } });
        }
      }}
    />
  );
}
