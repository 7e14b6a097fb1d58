/** A dialog over the page, there while it is open: named, closed by Escape, the focus goes back to where it was. */
import { Modal, type ModalProps } from '@mantine/core';
import { useTexts } from '../text/i18n.ts';
import { useKeptFocus } from './useKeptFocus.ts';
import { useReturnFocus } from './useReturnFocus.ts';

interface DialogProps extends Pick<ModalProps, 'size' | 'styles' | 'fullScreen' | 'closeOnEscape' | 'children'> {
  title: string;
  onClose: () => void;
  /** Asks something, or holds work: a click beside it, such as the second of a double click, does not close it. */
  isFirm?: boolean;
}

export function Dialog({ isFirm = false, ...modal }: DialogProps) {
  useReturnFocus();
  const content = useKeptFocus();
  const { t } = useTexts();
  return (
    <Modal
      ref={content}
      opened
      closeOnClickOutside={!isFirm}
      closeButtonProps={{ 'aria-label': t('app.action.close') }}
      {...modal}
    />
  );
}
