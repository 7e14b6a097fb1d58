/** A cell of a grid that is laid out by CSS: the row takes the focus, the cell only says what it is. */
import type { ComponentPropsWithoutRef } from 'react';

export function GridCell(props: Omit<ComponentPropsWithoutRef<'div'>, 'role'>) {
  // biome-ignore lint/a11y/useSemanticElements: a td cannot be laid out beside others of the same row as a grid
  // biome-ignore lint/a11y/useFocusableInteractive: the row is what is focused
  return <div role="gridcell" {...props} />;
}
