/** Who wears what: the dancer of the sample clip and the character who takes over the dance. */
import { ribbon } from './figure.mjs';
import { at, between, blob, circle, frameOf, line, path, taper } from './shapes.mjs';

const tone = (light, shade) => ({ light, shade });

export const dancer = {
  skin: tone('#c98a63', '#a96a4b'),
  top: tone('#ffd166', '#eeb03f'),
  sleeve: tone('#ffd166', '#eeb03f'),
  sleeveTo: 0.5,
  band: tone('#ff6f91', '#df4f78'),
  legs: tone('#3f4fa3', '#303c85'),
  shoe: tone('#ff6f91', '#df4f78'),
  sole: '#fff4e4',
  line: '#2b1d2e',
  cheek: '#e8735a',
  mouth: '#7a2a3a',
  extras: {
    hairBehind: (face, _joints, follow) => {
      const lag = frameOf(follow.head, follow.headTilt);
      const root = face(14, 66);
      const points = [
        root,
        between(face(52, 74), lag(52, 74), 0.3),
        between(face(82, 20), lag(84, 20), 0.8),
        lag(78, -46),
        lag(92, -84),
      ];
      return ribbon(points, [14, 26, 27, 20, 3], '#3a2238') + circle(root, 19, '#ff6f91');
    },
    hairFront: (face) => {
      const cap = [
        [-53, -8],
        [-58, 24],
        [-44, 56],
        [-10, 76],
        [28, 70],
        [54, 40],
        [55, -6],
        [46, 16],
        [24, 30],
        [-6, 26],
        [-32, 34],
        [-46, 14],
      ];
      return (
        blob(
          cap.map(([x, y]) => face(x, y)),
          '#3a2238',
        ) + line([face(-34, 52), face(-12, 64), face(14, 64)], '#5b3a58', 6)
      );
    },
    onTorso: (joints) => {
      const plan = frameOf(joints.pelvis, joints.lean);
      const bolt = [
        [8, 176],
        [-22, 128],
        [-2, 130],
        [-12, 92],
        [24, 142],
        [4, 140],
        [20, 176],
      ];
      return path(
        `M${bolt.map(([x, y]) => at(plan(x, y))).join(' L')} Z`,
        '#ff6f91',
        'stroke="#ff6f91" stroke-width="5" stroke-linejoin="round"',
      );
    },
  },
};

const coat = tone('#1f9e93', '#157a78');
export const wanderer = {
  skin: tone('#f2c7a5', '#d89f7e'),
  top: tone('#f4ead7', '#dccdb4'),
  sleeve: coat,
  sleeveTo: 1.93,
  cuff: tone('#f7b267', '#dd9148'),
  hand: tone('#5b4a6b', '#463854'),
  legs: tone('#5b4a6b', '#463854'),
  shoe: tone('#a85a3c', '#84422d'),
  bootTop: tone('#c98a5a', '#a56a3f'),
  sole: '#4a2a24',
  line: '#2a2233',
  brow: '#8fa3bd',
  cheek: '#ef8a6f',
  mouth: '#8a3a42',
  extras: {
    behind: (joints) => {
      const plan = frameOf(joints.pelvis, joints.lean);
      const tails = [
        [-62, 120],
        [-76, 20],
        [-104, -128],
        [-60, -150],
        [0, -96],
        [60, -150],
        [104, -128],
        [76, 20],
        [62, 120],
      ];
      return blob(
        tails.map(([x, y]) => plan(x, y)),
        '#0f5f62',
      );
    },
    onTorso: (joints) => openCoat(frameOf(joints.pelvis, joints.lean)),
    hairBehind: (face) =>
      blob(
        [
          [-60, -30],
          [-70, 20],
          [-52, 66],
          [0, 84],
          [54, 64],
          [70, 18],
          [60, -34],
          [0, -20],
        ].map(([x, y]) => face(x, y)),
        '#a9bad0',
      ),
    hairFront: (face) => {
      const spikes = [
        [-56, -18],
        [-66, 22],
        [-78, 44],
        [-54, 58],
        [-58, 86],
        [-26, 80],
        [-12, 106],
        [10, 82],
        [40, 96],
        [44, 66],
        [74, 60],
        [62, 24],
        [58, -16],
        [48, 16],
        [34, 34],
        [26, 22],
        [8, 38],
        [-8, 22],
        [-30, 38],
        [-44, 14],
      ];
      return (
        path(
          `M${spikes.map(([x, y]) => at(face(x, y))).join(' L')} Z`,
          '#d5e0ee',
          'stroke="#d5e0ee" stroke-width="9" stroke-linejoin="round"',
        ) +
        line([face(-30, 62), face(-14, 74)], '#f3f8ff', 7) +
        line([face(8, 68), face(24, 70)], '#f3f8ff', 7)
      );
    },
    onHead: (face) => goggles(face),
  },
};

function openCoat(plan) {
  const flap = (s) =>
    [
      [20, 222],
      [68, 210],
      [80, 178],
      [64, 104],
      [74, 10],
      [92, -100],
      [52, -112],
      [38, 0],
      [34, 110],
    ].map(([x, y]) => plan(x * s, y));
  const side = (s) =>
    blob(flap(s), coat.shade) +
    blob(
      flap(s).map((p) => between(p, plan(s * 58, 70), 0.18)),
      coat.light,
    );
  const belt =
    taper(plan(-36, 34), plan(36, 34), 11, 11, tone('#a85a3c', '#84422d')) +
    circle(plan(0, 34), 12, '#f7b267') +
    circle(plan(0, 34), 5, '#84422d');
  const buttons = [70, 100, 130].map((y) => circle(plan(0, y), 5, '#c9b595')).join('');
  const scarf = [
    [-46, 214],
    [-40, 186],
    [0, 172],
    [42, 186],
    [46, 214],
    [0, 200],
  ].map(([x, y]) => plan(x, y));
  const tail = ribbon([plan(30, 194), plan(44, 150), plan(34, 104), plan(46, 66)], [15, 18, 18, 15], '#e8573f');
  return (
    buttons +
    belt +
    side(-1) +
    side(1) +
    tail +
    line([plan(36, 84), plan(52, 80)], '#f7b267', 6) +
    blob(scarf, '#e8573f') +
    line([plan(-34, 198), plan(0, 184), plan(34, 198)], '#c23f2e', 5) +
    taper(plan(-58, 60), plan(-50, 12), 6, 6, tone('#157a78', '#0f5f62')) +
    taper(plan(58, 60), plan(52, 12), 6, 6, tone('#157a78', '#0f5f62'))
  );
}

function goggles(face) {
  const lens = (s) =>
    circle(face(s * 24, 46), 21, '#84422d') +
    circle(face(s * 24, 46), 15, '#ffd79a') +
    path(
      `M${at(face(s * 24 - 9, 50))} L${at(face(s * 24 + 1, 58))} L${at(face(s * 24 + 5, 55))} L${at(face(s * 24 - 7, 44))} Z`,
      '#fff4df',
    );
  return line([face(-60, 34), face(-24, 46), face(24, 46), face(60, 34)], '#6b3626', 12) + lens(-1) + lens(1);
}
