/** The places: a small stage that answers the beat, and the dusk in which the wanderer stands. */
import { beatSeconds } from './dance.mjs';
import { circle, ellipse, n, path } from './shapes.mjs';
import { floorY } from './skeleton.mjs';

const width = 720;
const height = 1280;

export function svg(content, w = width, h = height, viewBox = `0 0 ${width} ${height}`) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="${viewBox}">${content}</svg>`;
}

const gradient = (id, stops, kind = 'linearGradient', more = 'x1="0" y1="0" x2="0" y2="1"') =>
  `<${kind} id="${id}" ${more}>${stops.map(([offset, color, opacity = 1]) => `<stop offset="${offset}" stop-color="${color}" stop-opacity="${opacity}"/>`).join('')}</${kind}>`;

/** @param seconds time in the dance @param joints for the shadow under the feet */
export function stage(seconds, joints) {
  const pulse = Math.exp(-4 * ((seconds / beatSeconds) % 1));
  const beat = Math.floor(seconds / beatSeconds);
  const cone = (x, spread, color, opacity) =>
    path(
      `M${x - 20} -20 L${x + 20} -20 L${360 + spread + 240} ${floorY + 60} L${360 + spread - 240} ${floorY + 60} Z`,
      `url(#${color})`,
      `opacity="${n(opacity)}"`,
    );
  const warm = beat % 2 === 0 ? 0.5 + pulse * 0.4 : 0.4;
  const cool = beat % 2 === 1 ? 0.5 + pulse * 0.4 : 0.4;
  return [
    '<defs>',
    gradient('wall', [
      [0, '#1d1740'],
      [0.62, '#3a2a6a'],
      [0.82, '#5a3a80'],
    ]),
    gradient('floor', [
      [0, '#54367c'],
      [1, '#241a48'],
    ]),
    gradient('warm', [
      [0, '#ffb36b', 0.5],
      [1, '#ffb36b', 0],
    ]),
    gradient('cool', [
      [0, '#6bd6ff', 0.42],
      [1, '#6bd6ff', 0],
    ]),
    '</defs>',
    `<rect width="${width}" height="${height}" fill="url(#wall)"/>`,
    circle({ x: 360, y: 560 }, 296, '#ff8fa3', 'opacity="0.16"'),
    circle({ x: 360, y: 560 }, 262 + pulse * 16, '#ffc078', 'opacity="0.22"'),
    bars(seconds, pulse),
    `<rect y="1010" width="${width}" height="${height - 1010}" fill="url(#floor)"/>`,
    cone(90, 0, 'warm', warm),
    cone(630, 0, 'cool', cool),
    ellipse({ x: 360, y: floorY + 8 }, 300, 62, '#ffd9a0', `opacity="${(0.13 + pulse * 0.06).toFixed(3)}"`),
    shadows(joints),
  ].join('');
}

/** Columns of lamps behind the dancer, like the meter of a mixing desk. */
function bars(seconds, pulse) {
  const columns = [];
  for (let i = 0; i < 9; i += 1) {
    const x = 60 + i * 75;
    const wave = 0.5 + 0.5 * Math.sin(seconds * Math.PI * 2 + i * 1.7);
    const lit = Math.round(2 + wave * 3 + pulse * 3);
    for (let row = 0; row < 8; row += 1) {
      const color = row < lit ? ['#ff6f91', '#ff9671', '#ffc75f'][Math.min(2, Math.floor(row / 3))] : '#4a3a86';
      columns.push(
        `<rect x="${x - 24}" y="${964 - row * 26}" width="48" height="16" rx="8" fill="${color}" opacity="${row < lit ? 0.75 : 0.35}"/>`,
      );
    }
  }
  return columns.join('');
}

function shadows(joints) {
  const feet = joints.sides.map((side) => {
    const spread = 1 - Math.min(0.6, side.lift / 160);
    return ellipse(
      { x: side.ankle.x + side.side * 18, y: floorY + 2 },
      62 * spread,
      13 * spread,
      '#150f30',
      `opacity="${(0.5 * spread).toFixed(2)}"`,
    );
  });
  return ellipse({ x: joints.pelvis.x, y: floorY + 10 }, 150, 26, '#150f30', 'opacity="0.32"') + feet.join('');
}

export function dusk(joints) {
  const hill = (y, color, lift) =>
    path(
      `M0 ${y} C180 ${y - lift} 300 ${y + 30} 460 ${y - lift * 0.6} C580 ${y - lift * 1.1} 660 ${y - 20} 720 ${y - lift * 0.4} L720 1280 L0 1280 Z`,
      color,
    );
  const stars = [
    [84, 150],
    [180, 92],
    [290, 176],
    [470, 110],
    [566, 200],
    [640, 120],
    [120, 330],
    [610, 356],
    [60, 480],
    [668, 520],
  ];
  return [
    '<defs>',
    gradient('sky', [
      [0, '#20406e'],
      [0.45, '#6a6ca8'],
      [0.72, '#f3a183'],
      [0.86, '#ffd6a5'],
    ]),
    '</defs>',
    `<rect width="${width}" height="${height}" fill="url(#sky)"/>`,
    stars.map(([x, y], i) => circle({ x, y }, i % 3 === 0 ? 4 : 2.6, '#fff4d6', 'opacity="0.85"')).join(''),
    circle({ x: 360, y: 600 }, 288, '#ffe3b8', 'opacity="0.5"'),
    circle({ x: 360, y: 600 }, 250, '#fff0d2', 'opacity="0.55"'),
    hill(900, '#7a7fb0', 120),
    hill(980, '#55699a', 90),
    hill(1040, '#3c5a80', 40),
    `<rect y="1060" width="${width}" height="220" fill="#2f4a68"/>`,
    ellipse({ x: 360, y: floorY + 14 }, 330, 60, '#46688a'),
    shadows(joints),
  ].join('');
}
