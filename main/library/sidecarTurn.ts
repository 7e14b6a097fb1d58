/** One change of a sidecar after the other: each reads what the one before has written, and none is lost. */
const turns = new Map<string, Promise<unknown>>();

/** For everything that reads a sidecar in order to write it. Throws what the work throws. */
export async function inSidecarTurn<Answer>(sidecar: string, work: () => Promise<Answer>): Promise<Answer> {
  const before = turns.get(sidecar) ?? Promise.resolve();
  const mine = before.then(work, work);
  turns.set(sidecar, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(sidecar) === mine) turns.delete(sidecar);
  }
}
