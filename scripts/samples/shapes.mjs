/** Small SVG vocabulary of the sample drawings: points, tapered limbs, two-tone shading. */

/** Degrees clockwise from straight down: 0 = down, 90 = to the viewer's left, so that limbs are described like a clock. */
export function polar(from, degrees, length) {
  const angle = (degrees * Math.PI) / 180;
  return { x: from.x - Math.sin(angle) * length, y: from.y + Math.cos(angle) * length };
}

export const n = (value) => Number(value.toFixed(1));
export const at = (point) => `${n(point.x)} ${n(point.y)}`;
export const mix = (a, b, t) => a + (b - a) * t;
export const between = (a, b, t) => ({ x: mix(a.x, b.x, t), y: mix(a.y, b.y, t) });

export function path(d, fill, more = '') {
  return `<path d="${d}" fill="${fill}" ${more}/>`;
}

export function circle(center, radius, fill, more = '') {
  return `<circle cx="${n(center.x)}" cy="${n(center.y)}" r="${n(radius)}" fill="${fill}" ${more}/>`;
}

export function ellipse(center, rx, ry, fill, more = '') {
  return `<ellipse cx="${n(center.x)}" cy="${n(center.y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}" ${more}/>`;
}

export function line(points, color, width, more = '') {
  const d = `M${points.map(at).join(' L')}`;
  return `<path d="${d}" fill="none" stroke="${color}" stroke-width="${n(width)}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;
}

/** The outline around two circles: a limb that is thicker at one end. */
function taperPath(a, b, ra, rb) {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const direction = Math.atan2(b.y - a.y, b.x - a.x);
  const spread = Math.acos(Math.max(-1, Math.min(1, (ra - rb) / length)));
  const edge = (center, radius, angle) => ({
    x: center.x + Math.cos(angle) * radius,
    y: center.y + Math.sin(angle) * radius,
  });
  const [a1, a2] = [edge(a, ra, direction + spread), edge(a, ra, direction - spread)];
  const [b1, b2] = [edge(b, rb, direction + spread), edge(b, rb, direction - spread)];
  return `M${at(a1)} A${n(ra)} ${n(ra)} 0 1 1 ${at(a2)} L${at(b2)} A${n(rb)} ${n(rb)} 0 0 1 ${at(b1)} Z`;
}

/** A limb segment in two tones: the light comes from the upper left. */
export function taper(a, b, ra, rb, tone) {
  const shift = (point, r) => ({ x: point.x - r * 0.2, y: point.y - r * 0.12 });
  return (
    path(taperPath(a, b, ra, rb), tone.shade) +
    path(taperPath(shift(a, ra), shift(b, rb), ra * 0.74, rb * 0.74), tone.light)
  );
}

/** Moves points of a body part's own plan (x right, y up from its origin) into the picture. */
export function frameOf(origin, leanDegrees, scaleX = 1) {
  const angle = (leanDegrees * Math.PI) / 180;
  return (x, y) => ({
    x: origin.x + x * scaleX * Math.cos(angle) + y * Math.sin(angle),
    y: origin.y - y * Math.cos(angle) + x * scaleX * Math.sin(angle),
  });
}

/** A closed smooth outline through points (Catmull-Rom as Béziers). */
export function blob(points, fill, more = '') {
  const count = points.length;
  const point = (i) => points[(i + count) % count];
  let d = `M${at(points[0])}`;
  for (let i = 0; i < count; i += 1) {
    const [p0, p1, p2, p3] = [point(i - 1), point(i), point(i + 1), point(i + 2)];
    const c1 = { x: p1.x + (p2.x - p0.x) / 6, y: p1.y + (p2.y - p0.y) / 6 };
    const c2 = { x: p2.x - (p3.x - p1.x) / 6, y: p2.y - (p3.y - p1.y) / 6 };
    d += ` C${at(c1)} ${at(c2)} ${at(p2)}`;
  }
  return path(`${d} Z`, fill, more);
}
