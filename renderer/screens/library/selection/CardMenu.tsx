/** The menu of a card or a row, where it was asked for: what the bar does, for what is chosen or for this one alone. */
import { Menu } from '@mantine/core';
import { IconBadgeHd, IconColumns2, IconCopy, IconDownload, IconRepeat, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { CommandId } from '../../../keys/commands.ts';
import { useKeyHints } from '../../../keys/useKeys.ts';
import { setSelection, useLibraryStore } from '../../../state/library/libraryStore.ts';
import { chooseOnly } from '../../../state/library/selection.ts';
import { pagePx } from '../../../state/shell/scale.ts';
import { useTexts } from '../../../text/i18n.ts';
import type { LibraryPages } from '../pages/useLibraryPages.ts';
import classes from './Selection.module.css';
import type { SelectionActions } from './useSelectionActions.ts';

interface Place {
  card: HTMLElement;
  leftPx: number;
  topPx: number;
}

/** A right click, or the menu key, on a result; on one that is not chosen, it alone is chosen first. */
function useMenuPlace(pages: LibraryPages) {
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    const open = (event: MouseEvent) => {
      const card = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-card][data-id]') : null;
      if (!card) return;
      event.preventDefault();
      const index = Number(card.dataset.card);
      const id = pages.itemAt(index)?.id;
      const { selection } = useLibraryStore.getState();
      if (id === undefined) return;
      if (!selection.ids.has(id)) setSelection(() => chooseOnly(id, index));
      const box = card.getBoundingClientRect();
      // The menu key has no place of its own.
      const isPointed = event.clientX !== 0 || event.clientY !== 0;
      setPlace(
        isPointed
          ? { card, leftPx: pagePx(event.clientX), topPx: pagePx(event.clientY) }
          : { card, leftPx: pagePx(box.left) + 24, topPx: pagePx(box.top) + 24 },
      );
    };
    document.addEventListener('contextmenu', open);
    return () => document.removeEventListener('contextmenu', open);
  }, [pages]);
  const close = () => {
    setPlace(null);
    // A dialog that is chosen here takes the focus after that, and gives it back there.
    place?.card.focus({ preventScroll: true });
  };
  return { place, close };
}

export function CardMenu({ actions, pages }: { actions: SelectionActions; pages: LibraryPages }) {
  const { t } = useTexts();
  const { keyOf } = useKeyHints();
  const { place, close } = useMenuPlace(pages);
  const count = useLibraryStore((state) => state.selection.ids.size);
  if (!place) return null;
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
    <Menu opened onClose={close} position="bottom-start" withinPortal>
      <Menu.Target>
        <span className={classes.menuPlace} style={{ left: place.leftPx, top: place.topPx }} />
      </Menu.Target>
      <Menu.Dropdown data-testid="card-menu">
        {count > 1 ? null : item(t('library.useAgain'), <IconRepeat size={14} />, actions.orderAgain)}
        {item(t('library.promote.action'), <IconBadgeHd size={14} />, actions.promote)}
        <Menu.Divider />
        {item(t('library.compare'), <IconColumns2 size={14} />, actions.compare, 'compare')}
        {item(t('library.export.open'), <IconDownload size={14} />, actions.exportThem, 'exportResults')}
        {item(t('library.copyPath'), <IconCopy size={14} />, actions.copyPaths, 'copyPaths')}
        <Menu.Divider />
        {item(t('library.toTrash'), <IconTrash size={14} />, actions.trash, 'trash')}
      </Menu.Dropdown>
    </Menu>
  );
}
