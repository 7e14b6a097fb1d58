/** The choreography: one pose per beat, twelve beats that loop, with a bounce, overshoot and follow-through between them. */

export const beatsPerMinute = 120;
export const beatSeconds = 60 / beatsPerMinute;

const open = [
  [-66, 0],
  [66, 0],
];
const pose = (x, drop, lean, head, hips, arms, feet = open) => ({ x, drop, lean, head, hips, arms, feet });
const mirrored = (p) => ({
  x: -p.x,
  drop: p.drop,
  lean: -p.lean,
  head: -p.head,
  hips: -p.hips,
  arms: [p.arms[1], p.arms[0]],
  feet: [
    [-p.feet[1][0], p.feet[1][1]],
    [-p.feet[0][0], p.feet[0][1]],
  ],
});

const gather = pose(0, 34, 0, 0, 0, [
  [30, 96],
  [30, 96],
]);
const stepRight = pose(
  56,
  16,
  7,
  -6,
  -6,
  [
    [74, 74],
    [100, 58],
  ],
  [
    [-34, 22],
    [128, 0],
  ],
);
const reach = pose(
  0,
  4,
  0,
  0,
  0,
  [
    [148, 18],
    [148, 18],
  ],
  [
    [-82, 0],
    [82, 0],
  ],
);
const waveRight = pose(
  38,
  24,
  9,
  10,
  9,
  [
    [122, 46],
    [166, -18],
  ],
  [
    [-82, 10],
    [82, 0],
  ],
);
const chest = pose(
  0,
  44,
  0,
  -3,
  0,
  [
    [56, 112],
    [56, 112],
  ],
  [
    [-82, 0],
    [82, 0],
  ],
);
const pointUp = pose(
  -34,
  14,
  -9,
  7,
  10,
  [
    [42, -78],
    [146, -4],
  ],
  [
    [-92, 0],
    [100, 0],
  ],
);
const kickRight = pose(
  -36,
  12,
  -9,
  5,
  -7,
  [
    [92, 52],
    [62, 40],
  ],
  [
    [-52, 0],
    [116, 100],
  ],
);

const beats = [
  gather,
  stepRight,
  gather,
  mirrored(stepRight),
  reach,
  waveRight,
  mirrored(waveRight),
  chest,
  pointUp,
  kickRight,
  mirrored(pointUp),
  mirrored(kickRight),
];
export const danceSeconds = beats.length * beatSeconds;

const numbersOf = (p) => [p.x, p.drop, p.lean, p.head, p.hips, ...p.arms.flat(), ...p.feet.flat()];
const poseOf = (v) => ({
  x: v[0],
  drop: v[1],
  lean: v[2],
  head: v[3],
  hips: v[4],
  arms: [
    [v[5], v[6]],
    [v[7], v[8]],
  ],
  feet: [
    [v[9], Math.max(0, v[10])],
    [v[11], Math.max(0, v[12])],
  ],
});

/** Leaves late, arrives a little too far just before the beat, settles on it. */
function ease(t) {
  const s = t * t * (3 - 2 * t);
  return s + 0.09 * Math.sin(Math.PI * s) * Math.sin(Math.PI * t) * t * 2;
}

/** The pose at a moment; `delayBeats` > 0 for parts that follow (hair, head, scarf). */
export function poseAt(seconds, delayBeats = 0) {
  const beat = seconds / beatSeconds - delayBeats + beats.length;
  const index = Math.floor(beat);
  const t = ease(beat - index);
  const from = numbersOf(beats[index % beats.length]);
  const to = numbersOf(beats[(index + 1) % beats.length]);
  const values = from.map((value, i) => value + (to[i] - value) * t);
  const phase = beat - index;
  // Down on every beat, up between them; feet that travel leave the floor.
  values[1] += 15 * Math.cos(2 * Math.PI * phase) + 10;
  values[10] += footLift(from[9], to[9], phase);
  values[12] += footLift(from[11], to[11], phase);
  return poseOf(values);
}

function footLift(from, to, phase) {
  return Math.min(34, Math.abs(to - from) * 0.35) * Math.sin(Math.PI * phase);
}
