/** Undo and redo over everything that the form holds. */
import { UndoPair } from '../../components/UndoPair.tsx';
import { useDraftStore } from '../../state/order/draftStore.ts';

export function UndoButtons() {
  const canUndo = useDraftStore((state) => state.history.past.length > 0);
  const canRedo = useDraftStore((state) => state.history.future.length > 0);
  const { undo, redo } = useDraftStore.getState();
  return <UndoPair {...{ canUndo, canRedo, undo, redo }} />;
}
