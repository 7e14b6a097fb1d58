/** Undo and redo over any state that is replaced as a whole. Pure. */

export interface History<State> {
  past: State[];
  present: State;
  future: State[];
  /** Names what the last step changed; null: the next one stands for itself. */
  lastEdit: string | null;
}

const historyLimit = 100;

export function startHistory<State>(present: State): History<State> {
  return { past: [], present, future: [], lastEdit: null };
}

/** Edits of one name that follow each other are one step; what changes nothing is none. */
export function recordEdit<State>(history: History<State>, present: State, edit: string | null): History<State> {
  if (JSON.stringify(present) === JSON.stringify(history.present)) return history;
  const continues = edit !== null && edit === history.lastEdit;
  const past = continues ? history.past : [...history.past, history.present].slice(-historyLimit);
  return { past, present, future: [], lastEdit: edit };
}

export function undo<State>(history: History<State>): History<State> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
    lastEdit: null,
  };
}

export function redo<State>(history: History<State>): History<State> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, lastEdit: null };
}
