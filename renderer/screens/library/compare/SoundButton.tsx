/** Whether a picture is heard: one at a time, or none. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { shownText } from '../../../../shared/words/shownText.ts';
import { useTexts } from '../../../text/i18n.ts';
import type { Side } from './sides.ts';

interface SoundButtonProps {
  side: Side;
  isHeard: boolean;
  onToggle: () => void;
}

export function SoundButton({ side, isHeard, onToggle }: SoundButtonProps) {
  const { t } = useTexts();
  const label = t(side.hasSound ? 'viewer.hear' : 'viewer.noSound', { name: shownText(side.name) });
  return (
    <Tooltip label={label}>
      {/* Disabled buttons tell no tooltip: it stands on the frame around it. */}
      <span>
        <ActionIcon
          size="sm"
          aria-label={label}
          aria-pressed={isHeard}
          color={isHeard ? 'accent' : 'gray'}
          variant={isHeard ? 'light' : 'subtle'}
          disabled={!side.hasSound}
          onClick={onToggle}
        >
          {isHeard ? <IconVolume size={14} /> : <IconVolumeOff size={14} />}
        </ActionIcon>
      </span>
    </Tooltip>
  );
}
