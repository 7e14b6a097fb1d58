/** Keeps the matrix in the profile, so that it is there after a restart; what cannot be understood of it is left out. */
import { useEffect } from 'react';
import { call } from '../../bridge/bridge.ts';
import { reviveDraft } from '../order/draft.ts';
import type { CellChanges, MatrixChanges, MatrixClip } from './matrix.ts';
import { blankMatrix, type Matrix } from './matrixEdits.ts';
import { startMatrix, useMatrixStore } from './matrixStore.ts';

/** So long it rests before it is written down. */
const restMs = 400;

/** Once, with the shell: takes up what was left, and writes down what changes from then on. */
export function useKeptMatrix(): void {
  useEffect(() => {
    let stop = () => {};
    let isGone = false;
    const start = (text: string | null) => {
      if (isGone) return;
      const { past, present } = useMatrixStore.getState().history;
      if (text !== null && past.length === 0 && present === blankMatrix) startMatrix(reviveMatrix(text));
      stop = keepChanges();
    };
    call('matrix.read', {}).then(
      ({ text }) => start(text),
      () => start(null),
    );
    return () => {
      isGone = true;
      stop();
    };
  }, []);
}

function keepChanges(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const send = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    // A profile that cannot be written says so elsewhere; the matrix is there as long as the page is.
    call('matrix.keep', { text: JSON.stringify(useMatrixStore.getState().history.present) }).catch(() => undefined);
  };
  const stop = useMatrixStore.subscribe((state, before) => {
    if (state.history.present === before.history.present) return;
    clearTimeout(timer);
    timer = setTimeout(send, restMs);
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

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** What was written by this version or another: columns and rows that are whole, and nothing else. */
export function reviveMatrix(text: string): Matrix {
  let stored: Fields = {};
  try {
    stored = fieldsOf(JSON.parse(text));
  } catch {
    return blankMatrix;
  }
  return {
    clips: listOf(stored.clips).flatMap((clip) => reviveClip(fieldsOf(clip)) ?? []),
    imageIds: listOf(stored.imageIds).filter((id) => typeof id === 'string'),
    imageEdits: Object.fromEntries(
      Object.entries(fieldsOf(stored.imageEdits)).map(([id, imageEdit]) => [id, reviveDraft({ imageEdit }).imageEdit]),
    ),
    changes: reviveChanges(fieldsOf(stored.changes)),
    picks: Object.fromEntries(
      Object.entries(fieldsOf(stored.picks)).flatMap(([key, isIn]) => (typeof isIn === 'boolean' ? [[key, isIn]] : [])),
    ),
  };
}

function reviveClip(clip: Fields): MatrixClip | null {
  const { key, assetId, name, seconds } = clip;
  if (typeof key !== 'string' || typeof assetId !== 'string' || typeof name !== 'string') return null;
  if (typeof seconds !== 'number' || !(seconds >= 0)) return null;
  // The same parts as the form has, made whole by the same rules.
  const { trim, crop, pad, soundTrack, preset, orientation } = reviveDraft(clip);
  return { key, assetId, name, seconds, trim, crop, pad, soundTrack, preset, orientation };
}

function reviveChanges(stored: Fields): MatrixChanges {
  return Object.fromEntries(
    Object.entries(stored).map(([key, value]) => {
      const fields = fieldsOf(value);
      const whole = { ...reviveDraft(fields), takes: Number.isInteger(fields.takes) ? Number(fields.takes) : 1 };
      const names = ['orientation', 'quality', 'keepSound', 'prompt', 'takes'] as const;
      // Only what was changed, as what it was changed to.
      const own = names.filter((name) => name in fields).map((name) => [name, whole[name]]);
      return [key, Object.fromEntries(own) as CellChanges];
    }),
  );
}
