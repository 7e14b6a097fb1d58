/** Typing a timecode: opened by its button or by G. */
import { ActionIcon, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '../i18n.ts';
import { useKeyHints } from '../keys/useKeys.ts';
import type { Clip } from '../screens/create/useClip.ts';
import { usePlayerStore } from '../state/trim/player.ts';
import { parseTyped, sourceStartOf } from '../state/trim/sourceTimecode.ts';
import { formatPosition } from '../state/trim/trim.ts';

export function GoTo({ clip }: { clip: Clip }) {
  const { t } = useTexts();
  const { withKey } = useKeyHints();
  const isOpen = usePlayerStore((state) => state.isGoToOpen);
  const setIsOpen = (isGoToOpen: boolean) => usePlayerStore.setState({ isGoToOpen });
  const start = sourceStartOf(clip.facts);
  const [text, setText] = useState('');
  const [isBad, setIsBad] = useState(false);

  const submit = () => {
    const { position, controls } = usePlayerStore.getState();
    const target = parseTyped(clip.clock, text, { current: position, start });
    setIsBad(target === null);
    if (target === null) return;
    controls?.seek(target);
    setIsOpen(false);
    setText('');
  };

  return (
    <Popover opened={isOpen} onChange={setIsOpen} trapFocus returnFocus position="top" withArrow width={240}>
      <Popover.Target>
        <Tooltip label={withKey(t('create.player.goTo'), 'goTo')} disabled={isOpen}>
          <ActionIcon aria-label={t('create.player.goTo')} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            <IconClock size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <TextInput
          label={t('create.player.goTo')}
          description={t(start ? 'create.player.goToSourceHint' : 'create.player.goToHint')}
          placeholder={formatPosition(clip.clock, 0)}
          value={text}
          error={isBad ? t('create.player.goToBad', { example: formatPosition(clip.clock, 0) }) : null}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') submit();
          }}
          classNames={{ input: 'mono' }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
