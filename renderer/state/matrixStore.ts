/** What is laid out as a matrix, if anything is: opened by the shelf, and by several files that come at once. */
import { create } from 'zustand';
import type { MatrixClip } from './matrix.ts';

interface OpenMatrix {
  clips: readonly MatrixClip[];
  /** The characters that are chosen at first. */
  imageIds: readonly string[];
}

export const useMatrixStore = create<{ open: OpenMatrix | null }>()(() => ({ open: null }));

export const openMatrix = (open: OpenMatrix): void => useMatrixStore.setState({ open });
export const closeMatrix = (): void => useMatrixStore.setState({ open: null });
