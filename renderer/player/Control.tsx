/** A button of a transport: its picture, its name, and its key in the tooltip. */
import { ActionIcon, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CommandId } from '../keys/commands.ts';
import { useKeyHints } from '../keys/useKeys.ts';

interface ControlProps {
  label: string;
  command?: CommandId | undefined;
  isPressed?: boolean;
  isDisabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

export function Control({ label, command, isPressed, isDisabled = false, onClick, children }: ControlProps) {
  const { withKey } = useKeyHints();
  return (
    <Tooltip label={command ? withKey(label, command) : label}>
      <ActionIcon
        aria-label={label}
        aria-pressed={isPressed}
        color={isPressed ? 'accent' : 'gray'}
        variant={isPressed ? 'light' : 'subtle'}
        disabled={isDisabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
