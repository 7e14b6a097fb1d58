/** A result into an FCPXML edit: its format and asset into the resources, a connected clip above the source's. Pure. */
import type { FrameRate } from '../../time/timecode.ts';
import { assetElement, conformRate, formatElement, frameDuration, tcFormat } from '../fcpxml.ts';
import { fileUrl } from '../fileUrl.ts';
import { nameText } from '../names.ts';
import {
  ancestor,
  childElements,
  type Document,
  type Element,
  insertAfter,
  element as make,
  parentElement,
} from '../xml.ts';
import type { Cut } from './edit.ts';
import { offsetOf } from './fcpxmlEdit.ts';
import { add, type Rational, secondsOf, subtract, timeText } from './rational.ts';

/** In an element's own time: what is seen of it. `mediaIn`: from the file's first picture. */
export interface ClipTimes {
  /** Where the element's own time begins: the moment that stands at its offset. */
  own: Rational;
  start: Rational;
  end: Rational;
  mediaIn: Rational;
}

interface Lay {
  resources: Element;
  element: Element;
  times: ClipTimes;
  rate: FrameRate;
  cut: Cut;
}

/** What comes before connected clips in every element that can hold them, and those clips themselves. */
const BEFORE_MARKERS: ReadonlySet<string> = new Set([
  ...['param', 'text', 'text-style-def', 'note', 'conform-rate', 'timeMap', 'object-tracker', 'mc-source'],
  ...['adjust-crop', 'adjust-corners', 'adjust-conform', 'adjust-transform', 'adjust-blend', 'adjust-stabilization'],
  ...['adjust-rollingShutter', 'adjust-360-transform', 'adjust-reorient', 'adjust-orientation', 'adjust-cinematic'],
  ...['adjust-volume', 'adjust-panner', 'audio', 'video', 'clip', 'title', 'caption', 'mc-clip', 'ref-clip'],
  ...['sync-clip', 'asset-clip', 'audition', 'spine', 'gap'],
]);
const GEOMETRY = ['adjust-crop', 'adjust-corners', 'adjust-conform', 'adjust-transform'];

export function layFcpxml({ resources, element, times, rate, cut }: Lay): void {
  const { order, inFrames, lengthFrames, offsetFrames } = cut;
  const { media } = order;
  const ids = resourceIds(resources, cut);
  const { host, offset, lane } = anchorOf(element, add(times.start, secondsOf(offsetFrames, rate)), times.own);
  const start = add(secondsOf(media.startFrames, media.rate), secondsOf(inFrames, rate));
  const markers = cut.markers.map(({ atFrames, text, isDone }) =>
    make('marker', {
      start: timeText(secondsOf(media.startFrames + atFrames, media.rate), media.rate),
      duration: frameDuration(media.rate),
      value: nameText(text, '-'),
      completed: isDone ? 1 : 0,
    }),
  );
  const clip = make(
    'asset-clip',
    {
      ref: ids.asset,
      lane,
      offset: timeText(offset, rate),
      name: nameText(order.name),
      start: timeText(start, media.rate),
      duration: timeText(secondsOf(lengthFrames, rate), rate),
      format: ids.format,
      tcFormat: tcFormat(media.isDropFrame),
      // The sound of the edit stays the edit's.
      srcEnable: media.sound ? 'video' : undefined,
    },
    [...conformRate(media.rate, rate), ...geometryOf(element, cut), ...markers],
  );
  const before =
    childElements(host)
      .filter(({ tagName }) => BEFORE_MARKERS.has(tagName))
      .at(-1) ?? null;
  insertAfter(host, clip, before);
}

/** Place and size of a picture of another resolution are the same in FCPXML, as long as the shape is the same. */
function geometryOf(element: Element, { order: { media, source } }: Cut): Element[] {
  if (Math.abs((media.width * source.height) / (media.height * source.width) - 1) > 0.01) return [];
  return childElements(element)
    .filter(({ tagName }) => GEOMETRY.includes(tagName))
    .map((adjustment) => adjustment.cloneNode(true) as Element);
}

interface Anchor {
  host: Element;
  /** In the host's own time. */
  offset: Rational;
  lane: number;
}

/** Only what stands in a first storyline can hold connected clips; beside what is connected itself, one lane higher. */
function anchorOf(element: Element, at: Rational, own: Rational): Anchor {
  const parent = parentElement(element);
  const inParent = () => add(offsetOf(element), subtract(at, own));
  const above = (host: Element, offset: Rational, least: number): Anchor => ({
    host,
    offset,
    lane: Math.max(least, ...childElements(host).map(laneOf)) + 1,
  });
  if (!parent) return above(element, at, 0);
  if (element.getAttribute('lane') !== null) return above(parent, inParent(), laneOf(element));
  if (parent.tagName === 'spine' && parent.getAttribute('lane') !== null) {
    const host = parentElement(parent) ?? element;
    return above(host, add(offsetOf(parent), inParent()), laneOf(parent));
  }
  // The picture inside of a clip: the clip holds what is connected.
  if (parent.tagName === 'clip' || parent.tagName === 'sync-clip') return above(parent, inParent(), 0);
  return above(element, at, 0);
}

const laneOf = (element: Element): number => Number.parseInt(element.getAttribute('lane') ?? '0', 10) || 0;

/** Once per file: laid over several places, it is one asset. */
function resourceIds(resources: Element, { order }: Cut): { asset: string; format: string } {
  const { media } = order;
  const document = resources.ownerDocument as Document;
  const src = fileUrl(media.path);
  const known = childElements(resources, 'asset').find(
    (asset) =>
      (childElements(asset, 'media-rep')[0]?.getAttribute('src') ?? asset.getAttribute('src')) === src &&
      asset.getAttribute('format') !== null,
  );
  if (known) return { asset: known.getAttribute('id') ?? '', format: known.getAttribute('format') ?? '' };
  const ids = { format: freeId(document), asset: '' };
  insertAfter(resources, formatElement(ids.format, media), lastResource(resources));
  ids.asset = freeId(document);
  const hasMediaRep = versionOf(resources) >= 9;
  const asset = assetElement(ids, { name: order.name, media, hasMediaRep });
  insertAfter(resources, asset, lastResource(resources));
  return ids;
}

const lastResource = (resources: Element): Element | null => childElements(resources).at(-1) ?? null;

/** The 10 of 1.10. */
function versionOf(resources: Element): number {
  const version = ancestor(resources, 'fcpxml')?.getAttribute('version') ?? '';
  return Number(version.split('.')[1] ?? 10);
}

function freeId(document: Document): string {
  const taken = new Set([...document.getElementsByTagName('*')].map((element) => element.getAttribute('id')));
  let number = taken.size;
  while (taken.has(`r${number}`)) number += 1;
  return `r${number}`;
}
