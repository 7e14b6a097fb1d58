/**
 * Holds the draft for the whole page and keeps it in local storage, so that a reload loses nothing. The order's id lies beside it:
 * minted once, kept over failures and reloads, renewed only when an order was acknowledged: the same click twice is one job.
 */
import { create } from 'zustand';
import {
  type Draft,
  type DraftAction,
  type DraftHistory,
  editDraft,
  redoDraft,
  reviveDraft,
  startHistory,
  undoDraft,
} from './draft.ts';

const storageKey = 'restage.draft.v1';

interface DraftState {
  history: DraftHistory;
  orderId: string;
  dispatch(action: DraftAction): void;
  undo(): void;
  redo(): void;
  acknowledgeOrder(): void;
}

function mintOrderId(): string {
  return `form-${crypto.randomUUID()}`;
}

function readStored(): { draft: Draft; orderId: string } {
  try {
    const stored = JSON.parse(localStorage.getItem(storageKey) ?? 'null') as unknown;
    const source = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>;
    const orderId = typeof source.orderId === 'string' && source.orderId.length >= 8 ? source.orderId : mintOrderId();
    return { draft: reviveDraft(source.draft), orderId };
  } catch {
    return { draft: reviveDraft(null), orderId: mintOrderId() };
  }
}

const stored = readStored();

export const useDraftStore = create<DraftState>()((set) => ({
  history: startHistory(stored.draft),
  orderId: stored.orderId,
  dispatch: (action) => set((state) => ({ history: editDraft(state.history, action) })),
  undo: () => set((state) => ({ history: undoDraft(state.history) })),
  redo: () => set((state) => ({ history: redoDraft(state.history) })),
  acknowledgeOrder: () => set({ orderId: mintOrderId() }),
}));

useDraftStore.subscribe((state) => {
  try {
    localStorage.setItem(storageKey, JSON.stringify({ draft: state.history.present, orderId: state.orderId }));
  } catch {
    // A full or denied storage only costs the draft's survival of a reload.
  }
});

export const useDraft = (): Draft => useDraftStore((state) => state.history.present);
export const useDraftDispatch = () => useDraftStore((state) => state.dispatch);
