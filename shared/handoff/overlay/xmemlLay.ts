/** A result into a Final Cut Pro 7 XML edit: a clip item of picture on a track above all others. Pure. */
import type { FrameRate } from '../../time/timecode.ts';
import { fileUrl } from '../fileUrl.ts';
import { lineText, nameText } from '../names.ts';
import { floorFrames } from '../timeline.ts';
import { fileElement, itemHead } from '../xmeml.ts';
import {
  childElement,
  childElements,
  childText,
  type Document,
  descendants,
  type Element,
  element,
  insertAfter,
  textElement,
  type XmlSpec,
} from '../xml.ts';
import type { Cut } from './edit.ts';

interface Lay {
  item: Element;
  video: Element;
  rate: FrameRate;
  /** Of the item that it is laid over. */
  recordFrames: number;
  cut: Cut;
}

/** Tells a track that this writer made from those of the edit, while one edit is worked on. */
const ownTracks = new WeakSet<Element>();

export function layXmeml({ item, video, rate, recordFrames, cut }: Lay): void {
  const document = item.ownerDocument as Document;
  const { order, offsetFrames, lengthFrames, inFrames, fileFrames } = cut;
  const startFrames = recordFrames + offsetFrames;
  const times = {
    startFrames,
    endFrames: startFrames + lengthFrames,
    inFrames,
    outFrames: inFrames + lengthFrames,
    fileFrames,
  };
  const markers = cut.markers.map(({ atFrames, text, isDone }) =>
    element('marker', {}, [
      textElement('name', nameText(`${isDone ? '✓ ' : ''}${text}`, '-')),
      textElement('comment', lineText(text)),
      textElement('in', floorFrames(atFrames, order.media.rate, rate)),
      textElement('out', -1),
    ]),
  );
  const made = element('clipitem', { id: freeId(document, 'clipitem-restage') }, [
    ...itemHead({ name: order.name, rate, times }),
    mention(document, cut),
    element('sourcetrack', {}, [textElement('mediatype', 'video'), textElement('trackindex', 1)]),
    ...motionOf(item, cut),
    ...markers,
  ]);
  const track = freeTrack(video, times);
  const before = childElements(track, 'clipitem').filter((other) => frameOf(other, 'start') < startFrames);
  insertAfter(track, made, before.at(-1) ?? null);
}

const frameOf = (item: Element, name: string): number => Number(childText(item, name));

/** The first of our own tracks that has room; a new one above all others when none has. */
function freeTrack(video: Element, span: { startFrames: number; endFrames: number }): Element {
  const tracks = childElements(video, 'track');
  const free = tracks.find(
    (track) =>
      ownTracks.has(track) &&
      childElements(track, 'clipitem').every(
        (item) => frameOf(item, 'end') <= span.startFrames || frameOf(item, 'start') >= span.endFrames,
      ),
  );
  if (free) return free;
  const made = element('track', {}, [textElement('enabled', 'TRUE'), textElement('locked', 'FALSE')]);
  const track = insertAfter(video, made, tracks.at(-1) ?? null);
  ownTracks.add(track);
  return track;
}

/** All of the file at its first mention, then its id. */
function mention(document: Document, { order: { media } }: Cut): XmlSpec {
  const url = fileUrl(media.path, 'localhost');
  const known = descendants(document.documentElement as Element, 'file').find(
    (file) => childText(file, 'pathurl') === url,
  );
  const id = known?.getAttribute('id');
  return id ? element('file', { id }) : fileElement(freeId(document, 'file-restage'), media);
}

function freeId(document: Document, prefix: string): string {
  const taken = new Set([...document.getElementsByTagName('*')].map((element) => element.getAttribute('id')));
  let number = 1;
  while (taken.has(`${prefix}-${number}`)) number += 1;
  return `${prefix}-${number}`;
}

/**
 * Place and size of the source's picture, taken along. Its scale is told in percent of the file's own pixels, so a result of another
 * resolution gets another figure for the same size; keyframes of scale are not recomputed, and then nothing is taken.
 */
function motionOf(item: Element, { order: { media, source } }: Cut): Element[] {
  if (Math.abs((media.width * source.height) / (media.height * source.width) - 1) > 0.01) return [];
  const factor = source.height / media.height;
  for (const filter of childElements(item, 'filter')) {
    const effect = childElement(filter, 'effect');
    if (!effect || childText(effect, 'effectid')?.toLowerCase() !== 'basic') continue;
    const copy = filter.cloneNode(true) as Element;
    const parameters = descendants(copy, 'parameter');
    if (factor !== 1 && parameters.some((parameter) => childElement(parameter, 'keyframe'))) return [];
    for (const parameter of parameters) {
      if (childText(parameter, 'parameterid')?.toLowerCase() !== 'scale') continue;
      const value = childElement(parameter, 'value');
      const scale = Number(value?.textContent);
      if (value && Number.isFinite(scale)) value.textContent = String(Number((scale * factor).toFixed(4)));
    }
    return [copy];
  }
  return [];
}
