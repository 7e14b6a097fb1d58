/** How far two streams were apart, by the frames that were painted: for every frame that both showed, the time between the two paints. Pure. */

/** Of one stream: its frames by number, and when each reached the screen. */
export interface Paints {
  frames: readonly number[];
  atMs: readonly number[];
}

export interface DriftFigures {
  /** Frames that both have painted. */
  shared: number;
  /** Distances in frames: 1 is a whole frame. */
  median: number;
  p95: number;
  max: number;
  /** Of the pictures that stood beside each other at the beats of the screen, the share that showed two different frames. */
  unequalShare: number;
  /** The most frames that two of those were apart. */
  mostApart: number;
}

export function paintsOf(
  rows: readonly (readonly [mediaTime: number, atMs: number])[],
  startSeconds: number,
  fps: number,
): Paints {
  return {
    frames: rows.map(([mediaTime]) => Math.round((mediaTime - startSeconds) * fps)),
    atMs: rows.map(([, atMs]) => atMs),
  };
}

export function driftFigures(one: Paints, other: Paints, fps: number): DriftFigures {
  const firstPaint = new Map<number, number>();
  one.frames.forEach((frame, index) => {
    if (!firstPaint.has(frame)) firstPaint.set(frame, one.atMs[index] ?? 0);
  });
  const apart: number[] = [];
  const seen = new Set<number>();
  other.frames.forEach((frame, index) => {
    const atMs = firstPaint.get(frame);
    if (atMs === undefined || seen.has(frame)) return;
    seen.add(frame);
    apart.push((Math.abs((other.atMs[index] ?? 0) - atMs) / 1000) * fps);
  });
  const sorted = apart.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { shared: sorted.length, median: at(0.5), p95: at(0.95), max: at(1), ...beside(one, other) };
}

/** At every paint: what the two of them showed then. */
function beside(one: Paints, other: Paints): Pick<DriftFigures, 'unequalShare' | 'mostApart'> {
  const beats = [...new Set([...one.atMs, ...other.atMs])].sort((a, b) => a - b);
  const shownBy = ({ frames, atMs }: Paints) => {
    let index = 0;
    return (at: number) => {
      while ((atMs[index + 1] ?? Number.POSITIVE_INFINITY) <= at + 0.5) index += 1;
      return (atMs[index] ?? Number.POSITIVE_INFINITY) <= at + 0.5 ? frames[index] : undefined;
    };
  };
  const [a, b] = [shownBy(one), shownBy(other)];
  let [count, unequal, most] = [0, 0, 0];
  for (const beat of beats) {
    const [x, y] = [a(beat), b(beat)];
    if (x === undefined || y === undefined) continue;
    count += 1;
    if (x !== y) unequal += 1;
    most = Math.max(most, Math.abs(x - y));
  }
  return { unequalShare: count === 0 ? Number.NaN : unequal / count, mostApart: most };
}
