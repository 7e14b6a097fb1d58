/** One figure for both samples: joints and a costume become a drawing. Limbs behind first, face last. */
import { at, between, blob, circle, ellipse, frameOf, line, path, polar, taper } from './shapes.mjs';

/**
 * @typedef {{ light: string, shade: string }} Tone
 * @typedef {{ skin: Tone, top: Tone, sleeve: Tone, sleeveTo: number, cuff: Tone | null, legs: Tone, shoe: Tone, sole: string, line: string,
 *   extras: { behind?: Function, onTorso?: Function, onHead?: Function, hairBehind: Function, hairFront: Function } }} Costume
 * sleeveTo: 0..1 of the upper arm, 1..2 down to the wrist.
 */

/** @param joints from skeleton.mjs @param {Costume} costume @param follow joints a moment ago, for what trails behind @param blink 0..1 */
export function drawFigure(joints, costume, follow, blink = 0) {
  const { extras } = costume;
  const [left, right] = joints.sides;
  const face = frameOf(joints.head, joints.headTilt);
  return [
    extras.behind?.(joints, follow) ?? '',
    extras.hairBehind(face, joints, follow),
    leg(left, costume),
    leg(right, costume),
    neck(joints, costume),
    torso(joints, costume),
    extras.onTorso?.(joints, follow) ?? '',
    arm(left, costume),
    arm(right, costume),
    head(face, costume, blink),
    extras.hairFront(face, joints, follow),
    extras.onHead?.(face, joints) ?? '',
  ].join('');
}

function leg(side, costume) {
  const foot = shoe(side, costume);
  const cuffPoint = between(side.knee, side.ankle, 0.86);
  return (
    foot +
    taper(side.knee, cuffPoint, 31, 23, costume.legs) +
    taper(side.hip, side.knee, 45, 32, costume.legs) +
    (costume.bootTop ? boot(side, costume) : '') +
    line(
      [between(side.hip, side.knee, 0.75), between(side.hip, side.knee, 0.95)].map((p) => ({
        x: p.x + side.side * 12,
        y: p.y,
      })),
      costume.line,
      3,
      'opacity="0.35"',
    )
  );
}

function boot(side, costume) {
  const top = between(side.knee, side.ankle, 0.42);
  return (
    taper(between(side.knee, side.ankle, 0.5), side.ankle, 29, 24, costume.shoe) +
    taper(top, between(side.knee, side.ankle, 0.5), 32, 32, costume.bootTop)
  );
}

function shoe(side, costume) {
  const turn = side.side * (side.lift > 60 ? 38 : 8 + side.lift * 0.3);
  const plan = frameOf({ x: side.ankle.x + side.side * 6, y: side.ankle.y + 4 }, turn, side.side);
  const sole = [
    [-24, -30],
    [-26, -20],
    [-20, -14],
    [20, -16],
    [54, -16],
    [58, -26],
    [50, -32],
    [10, -33],
  ].map(([x, y]) => plan(x, y));
  const upper = [
    [-22, 10],
    [-25, -12],
    [-20, -25],
    [20, -26],
    [50, -26],
    [50, -12],
    [26, 0],
    [16, 14],
  ].map(([x, y]) => plan(x, y));
  return (
    blob(sole, costume.sole) +
    blob(upper, costume.shoe.shade) +
    blob(
      upper.map((p) => between(p, plan(2, -8), 0.2)),
      costume.shoe.light,
    ) +
    line([plan(14, -3), plan(28, -12)], costume.sole, 4) +
    line([plan(22, 1), plan(36, -8)], costume.sole, 4) +
    taper(between(side.knee, side.ankle, 0.8), side.ankle, 17, 16, costume.bootTop ? costume.shoe : costume.skin)
  );
}

function neck(joints, costume) {
  const base = polar(joints.chest, 180 + joints.lean, -6);
  return taper(base, polar(joints.head, 180 + joints.headTilt, -34), 27, 23, {
    light: costume.skin.shade,
    shade: costume.skin.shade,
  });
}

function torso(joints, costume) {
  const plan = frameOf(joints.pelvis, joints.lean);
  const hips = frameOf(joints.pelvis, joints.hips);
  const outline = [
    plan(-24, 222),
    plan(-68, 208),
    plan(-78, 178),
    plan(-60, 104),
    hips(-62, 20),
    hips(-64, -22),
    hips(0, -34),
    hips(64, -22),
    hips(62, 20),
    plan(60, 104),
    plan(78, 178),
    plan(68, 208),
    plan(24, 222),
    plan(0, 208),
  ];
  const lit = outline.map((p) => between(p, plan(-14, 110), 0.16));
  const seat = [
    hips(-66, 16),
    hips(-67, -26),
    hips(-40, -52),
    hips(0, -44),
    hips(40, -52),
    hips(67, -26),
    hips(66, 16),
    hips(0, 6),
  ];
  return (
    blob(seat, costume.legs.shade) +
    blob(
      seat.map((p) => between(p, hips(-8, -16), 0.14)),
      costume.legs.light,
    ) +
    blob(outline, costume.top.shade) +
    blob(lit, costume.top.light)
  );
}

function arm(side, costume) {
  const { shoulder, elbow, wrist, side: sign } = side;
  const parts = [];
  const skinArm = () => taper(shoulder, elbow, 25, 20, costume.skin) + taper(elbow, wrist, 21, 15, costume.skin);
  parts.push(hand(elbow, wrist, sign, costume.hand ?? costume.skin), skinArm());
  if (costume.sleeveTo <= 1) {
    parts.push(taper(shoulder, between(shoulder, elbow, costume.sleeveTo), 29, 28, costume.sleeve));
  } else {
    const end = between(elbow, wrist, costume.sleeveTo - 1);
    parts.push(taper(elbow, end, 25, 22, costume.sleeve), taper(shoulder, elbow, 29, 25, costume.sleeve));
    if (costume.cuff) parts.push(taper(between(elbow, end, 0.84), end, 25, 25, costume.cuff));
  }
  if (costume.band) parts.push(taper(between(elbow, wrist, 0.74), between(elbow, wrist, 0.9), 18, 17, costume.band));
  return parts.join('');
}

/** A mitten with a thumb and two finger lines: reads as a hand at any turn. */
function hand(elbow, wrist, side, tone) {
  const angle = (Math.atan2(wrist.x - elbow.x, wrist.y - elbow.y) * 180) / Math.PI;
  const plan = frameOf(wrist, 180 - angle, side);
  const palm = [
    [-14, -4],
    [-17, 22],
    [-12, 44],
    [2, 50],
    [14, 42],
    [17, 20],
    [14, -4],
  ].map(([x, y]) => plan(x, y));
  const thumb = taper(plan(-10, 10), plan(-24, 26), 9, 7, tone);
  return (
    thumb +
    blob(palm, tone.shade) +
    blob(
      palm.map((p) => between(p, plan(-3, 20), 0.18)),
      tone.light,
    ) +
    line([plan(-3, 30), plan(-3, 44)], tone.shade, 3) +
    line([plan(6, 29), plan(6, 42)], tone.shade, 3)
  );
}

function head(face, costume, blink) {
  const outline = [
    [-50, 18],
    [-52, -12],
    [-40, -46],
    [-16, -66],
    [0, -69],
    [16, -66],
    [40, -46],
    [52, -12],
    [50, 18],
    [30, 56],
    [0, 64],
    [-30, 56],
  ];
  const at2 = outline.map(([x, y]) => face(x, y));
  const ears = [-1, 1].map((s) => circle(face(s * 52, -12), 13, costume.skin.shade)).join('');
  return (
    ears +
    blob(at2, costume.skin.shade) +
    blob(
      at2.map((p) => between(p, face(-8, -2), 0.1)),
      costume.skin.light,
    ) +
    features(face, costume, blink)
  );
}

function features(face, costume, blink) {
  const eyes = [-1, 1].map((s) => {
    const center = face(s * 21 + 1, -10);
    if (blink > 0.5)
      return line([face(s * 21 - 9, -10), face(s * 21 + 1, -14), face(s * 21 + 11, -10)], costume.line, 4.5);
    return ellipse(center, 7.5, 10, costume.line) + circle(face(s * 21 - 2, -6), 3, '#fff');
  });
  const brows = [-1, 1].map((s) =>
    line([face(s * 33, 11), face(s * 22, 16), face(s * 11, 12)], costume.brow ?? costume.line, 5),
  );
  const cheeks = [-1, 1].map((s) => ellipse(face(s * 35, -30), 11, 7, costume.cheek, 'opacity="0.55"'));
  const smile = path(
    `M${at(face(-15, -38))} Q${at(face(0, -42))} ${at(face(15, -38))} Q${at(face(0, -62))} ${at(face(-15, -38))} Z`,
    costume.mouth,
  );
  const nose = line([face(1, -20), face(4, -27), face(-1, -28)], costume.skin.shade, 4);
  return eyes.join('') + brows.join('') + cheeks.join('') + smile + nose;
}

/** A ribbon through points, narrower toward its end: ponytails, scarves, coat tails. */
export function ribbon(points, widths, fill) {
  const left = [];
  const right = [];
  points.forEach((point, i) => {
    const next = points[Math.min(i + 1, points.length - 1)];
    const before = points[Math.max(i - 1, 0)];
    const length = Math.hypot(next.x - before.x, next.y - before.y) || 1;
    const [nx, ny] = [-(next.y - before.y) / length, (next.x - before.x) / length];
    left.push({ x: point.x + nx * widths[i], y: point.y + ny * widths[i] });
    right.unshift({ x: point.x - nx * widths[i], y: point.y - ny * widths[i] });
  });
  return blob([...left, ...right], fill);
}
