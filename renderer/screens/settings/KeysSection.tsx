/** Keyboard shortcuts: a set to start from, and every command with its keys, found by name or by key. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Settings, Shortcuts } from '../../../shared/contract/app.ts';
import { keySetNames } from '../../../shared/words/keySetNames.ts';
import { commandGroups, commandIds, commandOf } from '../../keys/commands.ts';
import { isMac, keyLabel } from '../../keys/keyLabel.ts';
import { keyMapOf } from '../../keys/keyMap.ts';
import { useCommandName } from '../../keys/useCommandName.ts';
import { useTexts } from '../../text/i18n.ts';
import { indexEntries, matchEntries } from '../../text/matchEntries.ts';
import { KeyRow } from './KeyRow.tsx';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';
import { useSave } from './useSave.ts';

export function KeysSection({ settings: { shortcuts } }: { settings: Settings }) {
  const { t } = useTexts();
  const save = useSave();
  const onChange = (next: Shortcuts) => save({ shortcuts: next });
  return (
    <Section title={t('keys.title')}>
      <div className={classes.row}>
        <NativeSelect
          className={classes.grow}
          label={t('keys.set.label')}
          description={t('keys.set.hint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={shortcuts.set}
          data={keySetNames.map((value) => ({ value, label: t(`keys.set.${value}`) }))}
          onChange={(event) => {
            const set = keySetNames.find((name) => name === event.currentTarget.value);
            if (set) onChange({ ...shortcuts, set });
          }}
        />
      </div>
      <KeyList shortcuts={shortcuts} onChange={onChange} />
      <Button
        variant="default"
        w="fit-content"
        disabled={Object.keys(shortcuts.own).length === 0}
        onClick={() => onChange({ ...shortcuts, own: {} })}
      >
        {t('keys.resetAll')}
      </Button>
    </Section>
  );
}

function KeyList({ shortcuts, onChange }: { shortcuts: Shortcuts; onChange: (shortcuts: Shortcuts) => void }) {
  const { t } = useTexts();
  const nameOf = useCommandName();
  const [typed, setTyped] = useState('');
  const map = keyMapOf(shortcuts, isMac);
  const rows = commandIds.map((id) => ({
    id,
    group: commandOf(id).group,
    label: [nameOf(id), ...map[id].map(keyLabel)].join(' '),
  }));
  const found = matchEntries(indexEntries(rows), typed, rows.length);
  return (
    <>
      <TextInput
        aria-label={t('keys.search')}
        placeholder={t('keys.search')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keys too */}
      <section className={classes.keyList} aria-label={t('keys.list')} tabIndex={0}>
        {commandGroups.map((group) => {
          const ofGroup = found.filter((row) => row.group === group);
          if (ofGroup.length === 0) return null;
          return (
            <section key={group}>
              <h3 className={classes.keyGroup}>{t(`keys.groups.${group}`)}</h3>
              <ul className={classes.keyRows}>
                {ofGroup.map(({ id }) => (
                  <KeyRow key={id} id={id} map={map} shortcuts={shortcuts} onChange={onChange} />
                ))}
              </ul>
            </section>
          );
        })}
        {found.length === 0 ? (
          <div className={classes.dim} role="status">
            {t('keys.noneFound')}
          </div>
        ) : null}
      </section>
    </>
  );
}
