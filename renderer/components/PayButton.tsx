/** The button that spends credits, ready for one new press: a key that is still held down from the press before does not pay. */
import { Button } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';

interface PayButtonProps {
  onPay: () => void;
  disabled?: boolean;
  children: ReactNode;
}

const ignoreHeld = (event: KeyboardEvent) => {
  if (event.repeat) event.preventDefault();
};

export function PayButton({ onPay, disabled = false, children }: PayButtonProps) {
  return (
    <Button onClick={onPay} onKeyDown={ignoreHeld} disabled={disabled} data-autofocus>
      {children}
    </Button>
  );
}
