/** An earlier order that waits over the form to be taken into it; null: none does. */
import { create } from 'zustand';
import type { MotionRecipe } from '../../../shared/contract/jobs.ts';

export const useRestoreStore = create<{ recipe: MotionRecipe | null }>()(() => ({ recipe: null }));
