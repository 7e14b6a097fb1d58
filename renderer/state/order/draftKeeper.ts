/**
 * Keeps the draft in the profile too: local storage belongs to the page's address, and the browser host has another one after every
 * start. What comes back is the newer of the two.
 */
import { useEffect, useState } from 'react';
import { call } from '../../bridge/bridge.ts';
import { useCommand } from '../../bridge/queries.ts';
import { draftText, takeDraft, useDraftStore } from './draftStore.ts';

/** So long the form rests before it is written down. */
const restMs = 300;

/** True when the form shows what was left in it; from then on what changes is kept. */
export function useKeptDraft(): boolean {
  const kept = useCommand('draft.read', {});
  const isAnswered = !kept.isPending;
  const text = kept.data?.text ?? null;
  const [isTaken, setIsTaken] = useState(false);
  useEffect(() => {
    if (!isAnswered) return;
    if (text !== null) takeDraft(text);
    setIsTaken(true);
    return keepChanges();
  }, [isAnswered, text]);
  return isTaken;
}

function keepChanges(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const send = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    // Local storage has it as well: a profile that cannot be written says so elsewhere.
    call('draft.keep', { text: draftText() }).catch(() => undefined);
  };
  const stop = useDraftStore.subscribe((state, before) => {
    clearTimeout(timer);
    timer = setTimeout(send, restMs);
    // The old id would make a second take the first one again.
    if (state.orderId !== before.orderId) send();
  });
  const onHide = () => {
    if (document.visibilityState === 'hidden') send();
  };
  document.addEventListener('visibilitychange', onHide);
  return () => {
    stop();
    send();
    document.removeEventListener('visibilitychange', onHide);
  };
}
