/** Under the results, while some are chosen: how many, how long, what they cost, and what can be done with all of them. */
import { ActionIcon, CloseButton, Menu, Rating, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import {
  IconBadgeHd,
  IconCheck,
  IconColumns2,
  IconCopy,
  IconDots,
  IconDownload,
  IconEye,
  IconEyeOff,
  IconFlagOff,
  IconRepeat,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '../../../bridge/bridge.ts';
import { formatCredits, formatElapsed, formatNumber } from '../../../format/units.ts';
import type { CommandId } from '../../../keys/commands.ts';
import { useKeyHints } from '../../../keys/useKeys.ts';
import { setSelection, useLibraryStore } from '../../../state/library/libraryStore.ts';
import { cleared } from '../../../state/library/selection.ts';
import { useTexts } from '../../../text/i18n.ts';
import { ProjectPopover } from './ProjectPopover.tsx';
import classes from './Selection.module.css';
import { TagsPopover } from './TagsPopover.tsx';
import type { SelectionActions } from './useSelectionActions.ts';

/** A box that is being drawn changes its mind many times a second. */
const settleMs = 90;

export function SelectionBar({ actions }: { actions: SelectionActions }) {
  const { t } = useTexts();
  const ids = useLibraryStore((state) => state.selection.ids);
  if (ids.size === 0) return null;
  return (
    <section className={classes.bar} aria-label={t('library.selection.title')} data-testid="selection-bar">
      <Sums ids={ids} />
      <span className={classes.grow} />
      <Rating
        value={0}
        size="sm"
        aria-label={t('library.rating')}
        getSymbolLabel={(value) => t('library.stars', { number: value })}
        onChange={actions.rate}
      />
      <Group>
        <Act label={t('library.selection.pick')} id="pick" onAct={() => actions.flag('pick')}>
          <IconCheck size={16} />
        </Act>
        <Act label={t('library.selection.reject')} id="reject" onAct={() => actions.flag('reject')}>
          <IconX size={16} />
        </Act>
        <Act label={t('library.selection.unflag')} id="unflag" onAct={() => actions.flag('none')}>
          <IconFlagOff size={16} />
        </Act>
      </Group>
      <Group>
        <TagsPopover actions={actions} />
        <ProjectPopover actions={actions} />
      </Group>
      <Group>
        <Act label={t('library.compare')} id="compare" onAct={actions.compare}>
          <IconColumns2 size={16} />
        </Act>
        <Tooltip label={t('library.useAgain')}>
          <ActionIcon aria-label={t('library.useAgain')} disabled={ids.size > 1} onClick={actions.orderAgain}>
            <IconRepeat size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('library.promote.action')}>
          <ActionIcon aria-label={t('library.promote.action')} onClick={actions.promote}>
            <IconBadgeHd size={16} />
          </ActionIcon>
        </Tooltip>
        <Act label={t('library.export.open')} id="exportResults" onAct={actions.exportThem}>
          <IconDownload size={16} />
        </Act>
        <Act label={t('library.toTrash')} id="trash" onAct={actions.trash}>
          <IconTrash size={16} />
        </Act>
        <More actions={actions} />
      </Group>
      <CloseButton size="sm" aria-label={t('library.selection.clear')} onClick={() => setSelection(cleared)} />
    </section>
  );
}

const Group = ({ children }: { children: ReactNode }) => <div className={classes.group}>{children}</div>;

interface ActProps {
  label: string;
  id: CommandId;
  onAct: () => void;
  children: ReactNode;
}

function Act({ label, id, onAct, children }: ActProps) {
  const { withKey } = useKeyHints();
  return (
    <Tooltip label={withKey(label, id)}>
      <ActionIcon aria-label={label} onClick={onAct}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function Sums({ ids }: { ids: ReadonlySet<string> }) {
  const { t, language } = useTexts();
  const [settled] = useDebouncedValue(ids, settleMs);
  const sums = useQuery({
    // The ids themselves would be a key of megabytes: a set is never changed, and its number says which one it is.
    queryKey: ['library.sums', numberOf(settled)],
    queryFn: () => call('library.sums', { ids: [...settled] }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  }).data;
  const has = (credits: string | undefined) => credits !== undefined && Number(credits) > 0;
  return (
    <p className={`${classes.sums} tabular`} role="status">
      <strong>{t('library.selection.count', { count: ids.size, number: formatNumber(ids.size, language, 0) })}</strong>
      {sums ? <span>{formatElapsed(sums.durationSeconds)}</span> : null}
      {sums && has(sums.credits) ? (
        <span>{t('library.chargedCredits', { credits: formatCredits(sums.credits, language) })}</span>
      ) : null}
      {sums && has(sums.testCredits) ? (
        <span>
          {t('library.chargedCredits', { credits: formatCredits(sums.testCredits, language), context: 'test' })}
        </span>
      ) : null}
    </p>
  );
}

const numbers = new WeakMap<ReadonlySet<string>, number>();
let lastNumber = 0;

function numberOf(ids: ReadonlySet<string>): number {
  const known = numbers.get(ids);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(ids, lastNumber);
  return lastNumber;
}

function More({ actions }: { actions: SelectionActions }) {
  const { t } = useTexts();
  const { keyOf } = useKeyHints();
  const item = (label: string, icon: ReactNode, onClick: () => void, id?: CommandId) => (
    <Menu.Item
      leftSection={icon}
      rightSection={id ? <kbd className={classes.key}>{keyOf(id)}</kbd> : null}
      onClick={onClick}
    >
      {label}
    </Menu.Item>
  );
  return (
    <Menu position="top-end" withinPortal>
      <Menu.Target>
        <Tooltip label={t('library.selection.more')}>
          <ActionIcon aria-label={t('library.selection.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {item(t('library.copyPath'), <IconCopy size={14} />, actions.copyPaths, 'copyPaths')}
        {item(
          t('library.hide'),
          <IconEyeOff size={14} />,
          () => actions.edit({ set: { isHidden: true } }),
          'hideResults',
        )}
        {item(t('library.unhide'), <IconEye size={14} />, () => actions.edit({ set: { isHidden: false } }))}
      </Menu.Dropdown>
    </Menu>
  );
}
