/** How the results are shown: side panel, order, groups, stacks, size, grid or list. */
import { ActionIcon, Button, NativeSelect, Tooltip } from '@mantine/core';
import {
  IconFilter,
  IconLayoutGrid,
  IconLayoutList,
  IconSortAscending,
  IconSortDescending,
  IconSquare,
  IconStack2,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useKeyHints } from '../../keys/useKeys.ts';
import { setView, useLibraryStore } from '../../state/library/libraryStore.ts';
import { cardSizes, groupings, libraryShapes, sorts } from '../../state/library/libraryView.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Library.module.css';

const shapeIcons = { grid: IconLayoutGrid, list: IconLayoutList } as const;
/** Small, medium, large: the same square, growing. */
const sizePx = { small: 9, medium: 13, large: 17 } as const;

interface LibraryToolsProps {
  /** Goes through what is chosen, or through all that is found. */
  onCull: () => void;
  children?: ReactNode;
}

export function LibraryTools({ onCull, children }: LibraryToolsProps) {
  const { t } = useTexts();
  const { withKey } = useKeyHints();
  const view = useLibraryStore((state) => state.view);
  return (
    <div className={classes.tools}>
      <Toggle label={t('library.panel')} isOn={view.isPanelOpen} onChange={(isPanelOpen) => setView({ isPanelOpen })}>
        <IconFilter size={16} />
      </Toggle>
      {children}
      <span className={classes.grow} />
      <Tooltip label={withKey(t('keys.command.cull'), 'cull')}>
        <Button size="compact-sm" variant="default" onClick={onCull}>
          {t('keys.command.cull')}
        </Button>
      </Tooltip>
      <NativeSelect
        aria-label={t('library.sort.label')}
        value={view.sort}
        onChange={(event) => {
          const sort = sorts.find((name) => name === event.currentTarget.value);
          if (sort) setView({ sort });
        }}
        data={sorts.map((name) => ({ value: name, label: t(`library.sort.${name}`) }))}
      />
      <Direction />
      <NativeSelect
        aria-label={t('library.group.label')}
        value={view.group}
        onChange={(event) => {
          const group = groupings.find((name) => name === event.currentTarget.value);
          if (group) setView({ group });
        }}
        data={groupings.map((name) => ({ value: name, label: t(`library.group.${name}`) }))}
      />
      <Toggle label={t('library.stacked')} isOn={view.stacked} onChange={(stacked) => setView({ stacked })}>
        <IconStack2 size={16} />
      </Toggle>
      <fieldset className={classes.choice} aria-label={t('library.shape.label')}>
        {libraryShapes.map((name) => {
          const Icon = shapeIcons[name];
          return (
            <Toggle
              key={name}
              label={t(`library.shape.${name}`)}
              isOn={view.shape === name}
              onChange={() => setView({ shape: name })}
            >
              <Icon size={16} />
            </Toggle>
          );
        })}
      </fieldset>
      {view.shape === 'grid' ? (
        <fieldset className={classes.choice} aria-label={t('library.cardSize.label')}>
          {cardSizes.map((name) => (
            <Toggle
              key={name}
              label={t(`library.cardSize.${name}`)}
              isOn={view.size === name}
              onChange={() => setView({ size: name })}
            >
              <IconSquare size={sizePx[name]} />
            </Toggle>
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}

function Direction() {
  const { t } = useTexts();
  const descending = useLibraryStore((state) => state.view.descending);
  const label = t(descending ? 'library.sort.descending' : 'library.sort.ascending');
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => setView({ descending: !descending })}>
        {descending ? <IconSortDescending size={16} /> : <IconSortAscending size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}

interface ToggleProps {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  children: ReactNode;
}

function Toggle({ label, isOn, onChange, children }: ToggleProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        aria-pressed={isOn}
        color={isOn ? 'accent' : 'gray'}
        variant={isOn ? 'light' : 'subtle'}
        onClick={() => onChange(!isOn)}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
