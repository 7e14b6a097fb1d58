/** A button that opens a list of kept things; the list is loaded when it is first wanted. */
import { Button, Popover } from '@mantine/core';
import { type ReactNode, Suspense, useState } from 'react';
import { later } from '../../text/later.ts';
import type { SavedListProps } from './SavedList.tsx';

const SavedList = later(() => import('./SavedList.tsx').then((module) => module.SavedList));

interface SavedPopoverProps extends Omit<SavedListProps, 'onDone'> {
  icon: ReactNode;
}

export function SavedPopover({ icon, ...list }: SavedPopoverProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} trapFocus returnFocus position="bottom-end" withArrow width={320}>
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={icon}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {list.title}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={list.title}>
        {isOpen ? (
          <Suspense fallback={null}>
            <SavedList {...list} onDone={() => setIsOpen(false)} />
          </Suspense>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
}
