/** Everything a person can set, and what they need to tell when something is wrong: groups with a list beside them, and a search over all of it. */
import { Button, CloseButton, Skeleton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useRef, useState } from 'react';
import type { Settings } from '../../../shared/contract/app.ts';
import { useSettings } from '../../bridge/queries.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import screenClasses from '../../components/Screen.module.css';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { useTexts } from '../../text/i18n.ts';
import classes from './Settings.module.css';
import { sectionContent } from './sectionContent.ts';
import { type SettingsGroup, settingsGroups } from './settingsSections.ts';
import { useAskedSection } from './useAskedSection.ts';
import { useGroupInView } from './useGroupInView.ts';
import { useSectionSearch } from './useSectionSearch.ts';

export function SettingsScreen() {
  const { t } = useTexts();
  const settings = useSettings();
  const [typed, setTyped] = useState('');
  const clear = useCallback(() => setTyped(''), []);
  return (
    <div className={screenClasses.screen}>
      <ScreenHeader title={t('settings.title')}>
        <TextInput
          className={classes.search}
          aria-label={t('settings.search.label')}
          placeholder={t('settings.search.label')}
          leftSection={<IconSearch size={14} />}
          rightSection={
            typed ? (
              <CloseButton size="sm" aria-label={t('settings.search.clear')} onClick={() => setTyped('')} />
            ) : null
          }
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && typed !== '') setTyped('');
          }}
        />
      </ScreenHeader>
      {settings.data ? (
        <Groups settings={settings.data} typed={typed} onClear={clear} />
      ) : (
        <div className={screenClasses.content}>
          {settings.isError ? <ErrorNote error={settings.error} onRetry={() => void settings.refetch()} /> : null}
          {settings.isPending ? <Skeleton height={200} /> : null}
        </div>
      )}
    </div>
  );
}

function Groups({ settings, typed, onClear }: { settings: Settings; typed: string; onClear: () => void }) {
  const { t } = useTexts();
  const found = useSectionSearch(typed);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = settingsGroups.filter(({ sections }) => sections.some((id) => found.has(id)));
  const inView = useGroupInView(scroller, shown.length);
  useAskedSection(scroller, { typed, onClear });
  const goTo = (id: SettingsGroup) => {
    const heading = scroller.current?.querySelector<HTMLElement>(`[data-group="${id}"] h2`);
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  return (
    <div className={classes.layout}>
      <nav className={classes.list} aria-label={t('settings.groups')}>
        {shown.map(({ id }) => (
          <button
            key={id}
            type="button"
            className={classes.entry}
            aria-current={inView === id ? 'true' : undefined}
            onClick={() => goTo(id)}
          >
            {t(`settings.group.${id}`)}
          </button>
        ))}
      </nav>
      <div className={classes.scroller} ref={scroller}>
        {settingsGroups.map(({ id, sections }) => (
          // Hidden, not taken out: what is half typed stays.
          <section key={id} data-group={id} hidden={!shown.some((group) => group.id === id)} className={classes.group}>
            <h2 className={classes.groupTitle} tabIndex={-1}>
              {t(`settings.group.${id}`)}
            </h2>
            <div className={classes.columns}>
              {sections.map((section) => {
                const Content = sectionContent[section];
                return (
                  <div key={section} data-section={section} hidden={!found.has(section)}>
                    <Content settings={settings} />
                  </div>
                );
              })}
            </div>
          </section>
        ))}
        {shown.length === 0 ? (
          <EmptyState
            icon={<IconSearch size={48} stroke={1.2} />}
            title={t('settings.search.none', { text: typed })}
            text={t('settings.search.noneHint')}
          >
            <Button variant="default" onClick={onClear}>
              {t('settings.search.clear')}
            </Button>
          </EmptyState>
        ) : null}
      </div>
    </div>
  );
}
