/** The one menu of all rows: opened at the row that asked for it. */
import { Kbd, Menu } from '@mantine/core';
import { useKeyHints } from '../../keys/useKeys.ts';
import { pagePx } from '../../state/shell/scale.ts';
import type { JobAction } from './jobActions.ts';
import classes from './Queue.module.css';

interface JobMenuProps {
  anchor: HTMLElement;
  actions: readonly JobAction[];
  onClose: () => void;
}

export function JobMenu({ anchor, actions, onClose }: JobMenuProps) {
  const { keyOf } = useKeyHints();
  const box = anchor.getBoundingClientRect();
  const close = () => {
    onClose();
    if (anchor.isConnected) anchor.focus({ preventScroll: true });
  };
  return (
    <Menu opened onClose={close} position="bottom-end" width={280} returnFocus={false}>
      <Menu.Target>
        <div className={classes.menuAnchor} style={{ left: pagePx(box.right), top: pagePx(box.bottom) }} />
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => (
          <Menu.Item
            key={action.id}
            onClick={action.run}
            rightSection={action.command ? <Kbd size="xs">{keyOf(action.command)}</Kbd> : null}
          >
            {action.label}
            {action.hint ? <div className={classes.dim}>{action.hint}</div> : null}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
