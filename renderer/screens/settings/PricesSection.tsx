/** The prices that estimates are made with, and a person's own dated ones over them. */
import { Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Settings } from '../../../shared/contract/app.ts';
import {
  creditsToString,
  findPriceTrouble,
  type PriceName,
  type PriceOverride,
  priceNames,
  priceOf,
  publishedPrices,
} from '../../../shared/money/pricing.ts';
import { localDay } from '../../../shared/money/spend.ts';
import { formatDay } from '../../format/units.ts';
import { useTexts } from '../../text/i18n.ts';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';
import { useSave } from './useSave.ts';

export function PricesSection({ settings: { priceOverride } }: { settings: Settings }) {
  const { t, language } = useTexts();
  return (
    <Section title={t('settings.prices.title')}>
      <Text className={classes.dim}>{t('settings.prices.about')}</Text>
      <Text size="xs" role="status">
        {priceOverride
          ? t('settings.prices.own', { date: formatDay(priceOverride.date, language) })
          : t('settings.prices.published', { date: formatDay(publishedPrices.date, language) })}
      </Text>
      <PricesForm key={JSON.stringify(priceOverride)} stored={priceOverride} />
    </Section>
  );
}

type Typed = Record<PriceName, string>;

/** Empty: as published. A decimal comma is read as a point. */
function overrideOf(typed: Typed, date: string): PriceOverride | null {
  const own = (name: PriceName) => typed[name].trim().replace(',', '.') || null;
  const override = { '720p': own('720p'), '1080p': own('1080p'), element: own('element'), date };
  return priceNames.every((name) => override[name] === null) ? null : override;
}

function PricesForm({ stored }: { stored: PriceOverride | null }) {
  const { t } = useTexts();
  const save = useSave();
  const [typed, setTyped] = useState<Typed>({
    '720p': stored?.['720p'] ?? '',
    '1080p': stored?.['1080p'] ?? '',
    element: stored?.element ?? '',
  });
  const [date, setDate] = useState(() => stored?.date ?? localDay(new Date()));
  const override = overrideOf(typed, date);
  const trouble = override && findPriceTrouble(override);
  const isSame = JSON.stringify(override) === JSON.stringify(stored);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (trouble === null && date !== '') save({ priceOverride: override });
  };
  return (
    <form className={classes.stack} onSubmit={submit}>
      <div className={classes.overrideForm}>
        {priceNames.map((name) => {
          const published = creditsToString(priceOf(publishedPrices, name));
          return (
            <TextInput
              key={name}
              label={t(`settings.prices.name.${name}`)}
              description={t('settings.prices.value', { credits: published })}
              inputWrapperOrder={['label', 'input', 'error', 'description']}
              placeholder={published}
              inputMode="decimal"
              value={typed[name]}
              error={trouble === name ? t('settings.prices.bad') : null}
              onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
            />
          );
        })}
        <TextInput
          type="date"
          label={t('settings.prices.date')}
          value={date}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
      </div>
      <Group gap="sm">
        <Button type="submit" variant="default" disabled={isSame || trouble !== null || date === ''}>
          {t('settings.prices.save')}
        </Button>
        {stored ? (
          <Anchor component="button" type="button" size="xs" onClick={() => save({ priceOverride: null })}>
            {t('settings.prices.reset')}
          </Anchor>
        ) : null}
      </Group>
    </form>
  );
}
