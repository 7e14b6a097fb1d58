/** Typing a timecode: opened by its button or by G. */
import { ActionIcon, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useKeyHints } from '../keys/useKeys.ts';
import { usePlayerStore } from '../state/trim/player.ts';
import { parseTyped, type SourceStart, sourceStartOf } from '../state/trim/sourceTimecode.ts';
import { type ClipClock, formatPosition } from '../state/trim/trim.ts';
import type { Clip } from '../state/trim/useClip.ts';
import { useTexts } from '../text/i18n.ts';

export function GoTo({ clip }: { clip: Clip }) {
  const isOpen = usePlayerStore((state) => state.isGoToOpen);
  return (
    <GoToField
      clock={clip.clock}
      start={sourceStartOf(clip.facts)}
      isOpen={isOpen}
      onToggle={(isGoToOpen) => usePlayerStore.setState({ isGoToOpen })}
      current={() => usePlayerStore.getState().position}
      onGo={(position) => usePlayerStore.getState().controls?.seek(position)}
    />
  );
}

interface GoToFieldProps {
  clock: ClipClock;
  /** The camera's own timecode, where there is one. */
  start: SourceStart | null;
  isOpen: boolean;
  onToggle: (isOpen: boolean) => void;
  current: () => number;
  onGo: (position: number) => void;
}

export function GoToField({ clock, start, isOpen, onToggle, current, onGo }: GoToFieldProps) {
  const { t } = useTexts();
  const { withKey } = useKeyHints();
  const [text, setText] = useState('');
  const [isBad, setIsBad] = useState(false);

  const submit = () => {
    const target = parseTyped(clock, text, { current: current(), start });
    setIsBad(target === null);
    if (target === null) return;
    onGo(target);
    onToggle(false);
    setText('');
  };

  return (
    <Popover opened={isOpen} onChange={onToggle} trapFocus returnFocus position="top" withArrow width={240}>
      <Popover.Target>
        <Tooltip label={withKey(t('create.player.goTo'), 'goTo')} disabled={isOpen}>
          <ActionIcon aria-label={t('create.player.goTo')} aria-expanded={isOpen} onClick={() => onToggle(!isOpen)}>
            <IconClock size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <TextInput
          label={t('create.player.goTo')}
          description={t(start ? 'create.player.goToSourceHint' : 'create.player.goToHint')}
          placeholder={formatPosition(clock, 0)}
          value={text}
          error={isBad ? t('create.player.goToBad', { example: formatPosition(clock, 0) }) : null}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') submit();
          }}
          // Escape closes this, and not the dialog around it.
          data-mantine-stop-propagation="true"
          classNames={{ input: 'mono' }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
