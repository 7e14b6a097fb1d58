/** Limits of the API that a person knows to be others by now: added with a date and a note, shown in the checks, removed again. */
import { ActionIcon, Button, NativeSelect, NumberInput, Text, TextInput, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { LimitOverride, Settings } from '../../../shared/contract/app.ts';
import { localDay } from '../../../shared/money/spend.ts';
import {
  findTrouble,
  namesOf,
  type OverrideName,
  type OverrideTarget,
  publishedValue,
  tableValue,
  unitOf,
  valueText,
} from '../../../shared/rules/limitOverrides.ts';
import { overrideTargets } from '../../../shared/rules/limits.ts';
import { formatDay } from '../../format/units.ts';
import { useTexts } from '../../text/i18n.ts';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';
import { useSave } from './useSave.ts';

export function OverridesSection({ settings: { limitOverrides } }: { settings: Settings }) {
  const { t } = useTexts();
  const save = useSave();
  const remove = (gone: LimitOverride) =>
    save({ limitOverrides: limitOverrides.filter((override) => override !== gone) });
  return (
    <Section title={t('limits.title')}>
      <Text className={classes.dim}>{t('limits.about')}</Text>
      {limitOverrides.length > 0 ? (
        <ul className={classes.keyRows}>
          {limitOverrides.map((override) => (
            <OverrideRow key={`${override.target}.${override.name}`} override={override} onRemove={remove} />
          ))}
        </ul>
      ) : (
        <Text className={classes.dim}>{t('limits.none')}</Text>
      )}
      <AddOverride
        overrides={limitOverrides}
        onAdd={(added) => {
          const others = limitOverrides.filter(({ target, name }) => target !== added.target || name !== added.name);
          save({ limitOverrides: [...others, added] });
        }}
      />
    </Section>
  );
}

interface RowProps {
  override: LimitOverride;
  onRemove: (override: LimitOverride) => void;
}

function OverrideRow({ override, onRemove }: RowProps) {
  const { t, language } = useTexts();
  const { target, name, value, date, note } = override;
  const label = t('limits.remove', { name: t(`limits.name.${name}`) });
  return (
    <li className={classes.overrideRow} data-testid="limit-override">
      <div>
        <div>
          {t(`limits.target.${target}`)} · {t(`limits.name.${name}`)}: <b>{valueText(name, value)}</b>
        </div>
        <div className={classes.dim}>
          {t('limits.since', {
            date: formatDay(date, language),
            table: valueText(name, publishedValue(target, name) ?? tableValue(target, name)),
          })}
        </div>
        {note ? <div className={classes.dim}>{note}</div> : null}
      </div>
      <Tooltip label={label}>
        <ActionIcon size="sm" aria-label={label} onClick={() => onRemove(override)}>
          <IconX size={14} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

interface AddProps {
  overrides: readonly LimitOverride[];
  onAdd: (override: LimitOverride) => void;
}

function AddOverride({ overrides, onAdd }: AddProps) {
  const { t } = useTexts();
  const [target, setTarget] = useState<OverrideTarget>('motion-video');
  const [name, setName] = useState<OverrideName>('maxBytes');
  const [typed, setTyped] = useState<string | number>('');
  const [date, setDate] = useState(() => localDay(new Date()));
  const [note, setNote] = useState('');
  const [isBad, setIsBad] = useState(false);
  const { text: unit, scale } = unitOf(name);
  const ours = valueText(name, tableValue(target, name));
  const published = publishedValue(target, name);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const value = Number(typed) * scale;
    const others = overrides.filter((other) => other.target !== target || other.name !== name);
    const added = { target, name, value, date, note: note.trim() };
    const bad = typed === '' || date === '' || findTrouble([...others, added]) !== null;
    setIsBad(bad);
    if (bad) return;
    onAdd(added);
    setTyped('');
    setNote('');
  };
  return (
    <form className={classes.overrideForm} onSubmit={submit}>
      <NativeSelect
        label={t('limits.what')}
        value={target}
        data={overrideTargets.map((value) => ({ value, label: t(`limits.target.${value}`) }))}
        onChange={(event) => {
          const next = overrideTargets.find((value) => value === event.currentTarget.value) ?? target;
          setTarget(next);
          if (!namesOf(next).includes(name)) setName('maxBytes');
        }}
      />
      <NativeSelect
        label={t('limits.limit')}
        value={name}
        data={namesOf(target).map((value) => ({ value, label: t(`limits.name.${value}`) }))}
        onChange={(event) => setName(namesOf(target).find((value) => value === event.currentTarget.value) ?? name)}
      />
      <NumberInput
        label={t('limits.value', { unit })}
        description={
          published === null
            ? t('limits.table', { value: ours })
            : t('limits.ours', { value: ours, published: valueText(name, published) })
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        hideControls
        value={typed}
        error={isBad ? t('limits.bad') : null}
        onChange={setTyped}
      />
      <TextInput
        type="date"
        label={t('limits.date')}
        value={date}
        onChange={(event) => setDate(event.currentTarget.value)}
      />
      <TextInput
        className={classes.wide}
        label={t('limits.note')}
        placeholder={t('limits.notePlaceholder')}
        maxLength={300}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" w="fit-content">
        {t('limits.add')}
      </Button>
    </form>
  );
}
