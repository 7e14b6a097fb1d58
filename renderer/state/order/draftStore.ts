/**
 * Holds the draft for the whole page and keeps it in local storage, so that a reload loses nothing; `draftKeeper` keeps it over
 * restarts. The order's id lies beside it: minted once, kept over failures and reloads, renewed only when an order was
 * acknowledged: the same click twice is one job.
 */
import { create } from 'zustand';
import { type Draft, type DraftAction, type DraftHistory, editDraft, reviveDraft } from './draft.ts';
import { redo, startHistory, undo } from './history.ts';

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

interface StoredDraft {
  draft: Draft;
  orderId: string;
  savedAtMs: number;
}

function parseStored(text: string | null): StoredDraft {
  try {
    const stored = JSON.parse(text ?? 'null') as unknown;
    const source = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>;
    const orderId = typeof source.orderId === 'string' && source.orderId.length >= 8 ? source.orderId : mintOrderId();
    const savedAtMs = typeof source.savedAtMs === 'number' ? source.savedAtMs : 0;
    return { draft: reviveDraft(source.draft), orderId, savedAtMs };
  } catch {
    return { draft: reviveDraft(null), orderId: mintOrderId(), savedAtMs: 0 };
  }
}

function readLocal(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

const stored = parseStored(readLocal());
let { savedAtMs } = stored;

export const useDraftStore = create<DraftState>()((set) => ({
  history: startHistory(stored.draft),
  orderId: stored.orderId,
  dispatch: (action) => set((state) => ({ history: editDraft(state.history, action) })),
  undo: () => set((state) => ({ history: undo(state.history) })),
  redo: () => set((state) => ({ history: redo(state.history) })),
  acknowledgeOrder: () => set({ orderId: mintOrderId() }),
}));

useDraftStore.subscribe(() => {
  savedAtMs = Date.now();
  try {
    localStorage.setItem(storageKey, draftText());
  } catch {
    // A full or denied storage only costs the draft's survival of a reload.
  }
});

/** What is stored of the form as it is now. */
export function draftText(): string {
  const { history, orderId } = useDraftStore.getState();
  return JSON.stringify({ draft: history.present, orderId, savedAtMs } satisfies StoredDraft);
}

/** Continues with what was stored elsewhere, if it is newer than what is here. */
export function takeDraft(text: string): void {
  const found = parseStored(text);
  if (found.savedAtMs <= savedAtMs) return;
  useDraftStore.setState({ history: startHistory(found.draft), orderId: found.orderId });
}

export const useDraft = (): Draft => useDraftStore((state) => state.history.present);
export const useDraftDispatch = () => useDraftStore((state) => state.dispatch);
