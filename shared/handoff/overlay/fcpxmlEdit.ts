/** An edit in FCPXML: where its assets stand, and results as connected clips in a lane above them. Pure. */
import { refused } from '../../errors.ts';
import type { FrameRate } from '../../time/timecode.ts';
import { baseName, pathOfUrl } from '../fileUrl.ts';
import { ancestor, childElement, childElements, type Element, parentElement, parseEdit } from '../xml.ts';
import type { Edit, Occurrence } from './edit.ts';
import { type ClipTimes, layFcpxml } from './fcpxmlLay.ts';
import {
  add,
  earlier,
  framesOf,
  isEqual,
  isLess,
  later,
  parseTime,
  type Rational,
  subtract,
  zero,
} from './rational.ts';

interface Asset {
  name: string;
  path: string | null;
  start: Rational;
  duration: Rational | null;
}

export function openFcpxml(text: string): Edit {
  const { document, root, text: write } = parseEdit(text);
  if (root.tagName !== 'fcpxml') throw refused('over', 'handoff.editUnknown', { found: root.tagName });
  const resources = childElement(root, 'resources');
  const assets = new Map<string, Asset>();
  const rates = new Map<string, FrameRate>();
  for (const resource of resources ? childElements(resources) : []) {
    const id = resource.getAttribute('id') ?? '';
    if (resource.tagName === 'asset') assets.set(id, assetOf(resource));
    const rate = resource.tagName === 'format' ? formatRate(resource) : null;
    if (rate) rates.set(id, rate);
  }
  const occurrences: Occurrence[] = [];
  for (const element of [...document.getElementsByTagName('*')]) {
    const asset = assets.get(element.getAttribute('ref') ?? '');
    const found = asset && occurrenceOf(element, asset, rates);
    if (found && resources) occurrences.push(found(resources));
  }
  return { format: 'fcpxml', occurrences, text: write };
}

function assetOf(element: Element): Asset {
  const src = childElement(element, 'media-rep')?.getAttribute('src') ?? element.getAttribute('src');
  return {
    name: element.getAttribute('name') ?? '',
    path: src ? pathOfUrl(src) : null,
    start: timeOf(element, 'start') ?? zero,
    duration: timeOf(element, 'duration'),
  };
}

const timeOf = (element: Element, name: string): Rational | null => parseTime(element.getAttribute(name));

/** Final Cut's own formats may be named only. */
const namedRates: readonly [RegExp, FrameRate][] = [
  [/p(2398|23976)$/, { num: 24_000, den: 1001 }],
  [/p24$/, { num: 24, den: 1 }],
  [/[pi]25$/, { num: 25, den: 1 }],
  [/[pi]2997$/, { num: 30_000, den: 1001 }],
  [/p30$/, { num: 30, den: 1 }],
  [/p50$/, { num: 50, den: 1 }],
  [/p5994$/, { num: 60_000, den: 1001 }],
  [/p60$/, { num: 60, den: 1 }],
];

function formatRate(format: Element): FrameRate | null {
  const duration = timeOf(format, 'frameDuration');
  if (duration && duration.num > 0n) return { num: Number(duration.den), den: Number(duration.num) };
  const name = format.getAttribute('name') ?? '';
  return namedRates.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** Null: no picture of a timeline (a clip of the browser, sound alone, switched off, an angle of a multicam clip). */
function occurrenceOf(
  element: Element,
  asset: Asset,
  rates: ReadonlyMap<string, FrameRate>,
): ((resources: Element) => Occurrence) | null {
  const isPicture = element.tagName === 'asset-clip' || element.tagName === 'video';
  const isOff = element.getAttribute('enabled') === '0' || element.getAttribute('srcEnable') === 'audio';
  const sequence = ancestor(element, 'sequence');
  if (!isPicture || isOff || !sequence || ancestor(element, 'mc-angle')) return null;
  const rate = rates.get(sequence.getAttribute('format') ?? '');
  const times = clipTimes(element, asset);
  if (!rate || !times) return null;
  const { start, end, mediaIn } = times;
  const mediaOut = add(mediaIn, subtract(end, start));
  const tcStart = timeOf(sequence, 'tcStart') ?? zero;
  const record = subtract(absolute(element, start, times.own), tcStart);
  const lane = element.getAttribute('lane') ?? parentElement(element)?.getAttribute('lane') ?? '0';
  return (resources) => ({
    clipName: element.getAttribute('name') ?? asset.name,
    path: asset.path,
    fileName: asset.path === null ? null : baseName(asset.path),
    reel: null,
    where: lane === '0' ? 'spine' : `lane ${lane}`,
    rate,
    isDropFrame: sequence.getAttribute('tcFormat') === 'DF',
    timelineStartFrames: framesOf(tcStart, rate) ?? 0,
    inFrames: framesOf(mediaIn, rate),
    outFrames: framesOf(mediaOut, rate),
    recordFrames: framesOf(record, rate) ?? 0,
    obstacle: isRetimed(element) ? 'handoff.retimed' : null,
    lay: (cut) => layFcpxml({ resources, element, times, rate, cut }),
  });
}

/** The part that is seen, in the element's own time, and the moment of the file that its beginning shows. */
function clipTimes(element: Element, asset: Asset): ClipTimes | null {
  const start = timeOf(element, 'start') ?? asset.start;
  const duration = timeOf(element, 'duration') ?? asset.duration;
  if (!duration) return null;
  let [from, to] = [start, add(start, duration)];
  const parent = parentElement(element);
  if (parent?.tagName === 'clip' && element.getAttribute('lane') === null) {
    // The clip around it shows a window of it: told in the clip's time, in which the element stands at its offset.
    const offset = timeOf(element, 'offset') ?? zero;
    const inOwn = (time: Rational) => add(start, subtract(time, offset));
    const window = timeOf(parent, 'start') ?? zero;
    const length = timeOf(parent, 'duration') ?? duration;
    from = later(from, inOwn(window));
    to = earlier(to, inOwn(add(window, length)));
  }
  return isLess(from, to) ? { own: start, start: from, end: to, mediaIn: subtract(from, asset.start) } : null;
}

/** A moment of an element's own time as one of its sequence. */
function absolute(element: Element, time: Rational, own: Rational): Rational {
  const parent = parentElement(element);
  const inParent = add(offsetOf(element), subtract(time, own));
  if (!parent || parent.tagName === 'sequence') return inParent;
  // The first storyline counts in its owner's time, a connected one from its own beginning.
  if (parent.tagName === 'spine' && parent.getAttribute('lane') === null) {
    const owner = parentElement(parent);
    return !owner || owner.tagName === 'sequence' ? inParent : absolute(owner, inParent, startOf(owner));
  }
  return absolute(parent, inParent, startOf(parent));
}

function startOf(element: Element): Rational {
  return timeOf(element, 'start') ?? zero;
}

/** Where it stands in its parent's time; in a storyline what has no offset follows what is before it. */
export function offsetOf(element: Element): Rational {
  const own = timeOf(element, 'offset');
  if (own) return own;
  const parent = parentElement(element);
  if (parent?.tagName !== 'spine') return zero;
  let end = zero;
  const sequence = parentElement(parent);
  if (sequence?.tagName === 'sequence') end = timeOf(sequence, 'tcStart') ?? zero;
  for (const sibling of childElements(parent)) {
    if (sibling === element) break;
    if (sibling.tagName === 'transition') continue;
    const offset = timeOf(sibling, 'offset') ?? end;
    end = add(offset, timeOf(sibling, 'duration') ?? zero);
  }
  return end;
}

/** A map of time that runs at any speed but its own, or a rate that is stretched to fit; of the clip or of what holds it. */
function isRetimed(element: Element): boolean {
  for (let at: Element | null = element; at && at.tagName !== 'sequence'; at = parentElement(at)) {
    const map = childElement(at, 'timeMap');
    if (map && !isStraight(map)) return true;
    const conform = childElement(at, 'conform-rate');
    if (conform && at === element && conform.getAttribute('scaleEnabled') !== '0') return true;
  }
  return false;
}

function isStraight(map: Element): boolean {
  const points = childElements(map, 'timept').map((point) => [timeOf(point, 'time'), timeOf(point, 'value')] as const);
  const shifts = points.map(([time, value]) => (time && value ? subtract(value, time) : null));
  const [first] = shifts;
  return first !== undefined && first !== null && shifts.every((shift) => shift !== null && isEqual(shift, first));
}
