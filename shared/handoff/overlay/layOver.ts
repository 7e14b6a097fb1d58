/**
 * The same edit again, with results laid over the places where their sources stand, at the frames that were ordered. Pure.
 * Every place gets the result; what an edit uses only in part gets that part; what cannot be done exactly is not done.
 */
import type { HandoffOrder } from '../../contract/handoff.ts';
import { type Reason, RestageError } from '../../errors.ts';
import type { FrameRate } from '../../time/timecode.ts';
import { withoutExtension } from '../fileUrl.ts';
import { convertFrames, floorFrames, rateName, ratesFit, timecodeOf } from '../timeline.ts';
import { editBounds, editTooLarge } from '../xml.ts';
import type { Cut, Edit, EditFormat, EditHints, Occurrence } from './edit.ts';
import { openEdl } from './edlEdit.ts';
import { openFcpxml } from './fcpxmlEdit.ts';
import { openOtio } from './otioEdit.ts';
import { openXmeml } from './xmemlEdit.ts';

/** Where a result was laid. */
export interface LaidPlace {
  itemId: string;
  name: string;
  /** The track, lane or event of the source. */
  where: string;
  recordTimecode: string;
  recordFrames: number;
  lengthFrames: number;
  /** Of the timeline: all frames of this place are counted by it. */
  rate: FrameRate;
  /** From the result's first picture, at the timeline's rate. */
  inFrames: number;
  /** The edit uses less than was ordered (or the result is shorter than that). */
  isCut: boolean;
}

export interface LaidOver {
  format: EditFormat;
  text: string;
  places: LaidPlace[];
  /** Orders and places of orders that were left as they were, with the reason. */
  left: { itemId: string; reason: Reason }[];
}

/**
 * Throws refused under `over` where the text is no edit, or where nothing could be laid: each order with its reason.
 * A list of edits (EDL) takes its rate from the first order's source.
 */
export function layOver(text: string, orders: readonly HandoffOrder[]): LaidOver {
  if (text.length > editBounds.maxCharacters) throw editTooLarge(text.length);
  const sources = orders.map(({ source }) => source);
  const [first] = sources;
  if (!first) throw new RestageError('internal', { detail: 'nothing to lay over' });
  const edit = openEdit(text, { rate: first.rate, sources });
  const places: LaidPlace[] = [];
  const left: LaidOver['left'] = [];
  const lays: (() => void)[] = [];
  for (const order of orders) {
    const outcome = placeOrder(order, edit.occurrences);
    left.push(...outcome.reasons.map((reason) => ({ itemId: order.itemId, reason })));
    for (const { occurrence, cut } of outcome.cuts) {
      places.push(placeOf(occurrence, cut));
      lays.push(() => occurrence.lay(cut));
    }
  }
  if (places.length === 0)
    throw new RestageError('refused', { reasons: left.slice(0, 20).map(({ reason }) => reason) });
  for (const lay of lays) lay();
  return { format: edit.format, text: edit.text(), places, left };
}

function openEdit(text: string, hints: EditHints): Edit {
  const head = text
    .slice(0, 4000)
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (head.startsWith('{')) return openOtio(text);
  if (head.startsWith('<')) return /<xmeml[\s>]/.test(head) ? openXmeml(text) : openFcpxml(text);
  return openEdl(text, hints);
}

interface Found {
  cuts: { occurrence: Occurrence; cut: Cut }[];
  reasons: Reason[];
}

function placeOrder(order: HandoffOrder, occurrences: readonly Occurrence[]): Found {
  const found = occurrencesOf(order, occurrences);
  if (found.length === 0) {
    const known = [...new Set(occurrences.map(({ fileName, clipName }) => fileName ?? clipName))].filter(Boolean);
    const params = { clip: order.source.name, count: known.length, names: known.slice(0, 5).join(', ') };
    return { cuts: [], reasons: [{ field: 'over', rule: 'handoff.clipNotInEdit', params }] };
  }
  const cuts: Found['cuts'] = [];
  const reasons: Reason[] = [];
  let outside: Reason | null = null;
  for (const occurrence of found) {
    const outcome = cutFor(order, occurrence);
    if ('order' in outcome) cuts.push({ occurrence, cut: outcome });
    else if (outcome.rule === 'handoff.rangeNotInEdit') outside ??= outcome;
    else reasons.push(outcome);
  }
  // A clip that stands in an edit in several pieces: only where none of them shows what was ordered is that worth a word.
  if (cuts.length === 0 && reasons.length === 0 && outside) reasons.push(outside);
  return { cuts, reasons };
}

/**
 * By the path where the edit names the very file, else by the file's name, else by its name with another ending (a transcoded copy).
 * What people called a clip, and its reel, count only where the edit names no file.
 */
function occurrencesOf({ source }: HandoffOrder, occurrences: readonly Occurrence[]): Occurrence[] {
  const stem = withoutExtension(source.name);
  const reel = stem.replace(/[^A-Za-z0-9]/g, '').slice(0, 8);
  const ways: ((occurrence: Occurrence) => boolean)[] = [
    ({ path }) => path !== null && source.path !== null && path.normalize('NFC') === source.path.normalize('NFC'),
    ({ fileName }) => isAlike(fileName, source.name),
    ({ fileName }) => fileName !== null && isAlike(withoutExtension(fileName), stem),
    ({ fileName, clipName }) => fileName === null && (isAlike(clipName, source.name) || isAlike(clipName, stem)),
    ({ fileName, reel: named }) => fileName === null && (isAlike(named, stem) || isAlike(named, reel)),
  ];
  for (const isMeant of ways) {
    const found = occurrences.filter(isMeant);
    if (found.length > 0) return found;
  }
  return [];
}

const isAlike = (a: string | null, b: string): boolean =>
  a !== null && a !== '' && a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();

/** The part of the result that the place shows, or why there is none. */
function cutFor(order: HandoffOrder, occurrence: Occurrence): Cut | Reason {
  const { source, media } = order;
  const { rate, obstacle, inFrames, outFrames } = occurrence;
  const reason = (rule: string, params: Reason['params'] = {}): Reason => ({
    field: 'over',
    rule,
    params: { clip: source.name, where: occurrence.where, at: timecodeAt(occurrence, 0), ...params },
  });
  if (obstacle) return reason(obstacle);
  for (const [what, own] of [
    ['source', source.rate],
    ['result', media.rate],
  ] as const) {
    if (ratesFit(own, rate)) continue;
    return reason(what === 'source' ? 'handoff.sourceRate' : 'handoff.resultRate', {
      rate: rateName(own),
      timeline: rateName(rate),
    });
  }
  const orderedIn = convertFrames(source.inFrames, source.rate, rate);
  if (orderedIn === null || inFrames === null || outFrames === null)
    return reason('handoff.betweenFrames', { rate: rateName(source.rate), timeline: rateName(rate) });
  const orderedOut = floorFrames(source.outFrames, source.rate, rate);
  const fileFrames = floorFrames(media.durationFrames, media.rate, rate);
  const from = Math.max(inFrames, orderedIn);
  const to = Math.min(outFrames, orderedOut, orderedIn + fileFrames);
  if (to <= from) {
    const range = (a: number, b: number) => ({ from: timecodeOf(a, rate, false), to: timecodeOf(b, rate, false) });
    const [used, ordered] = [range(inFrames, outFrames), range(orderedIn, orderedOut)];
    const params = { from: used.from, to: used.to, orderedFrom: ordered.from, orderedTo: ordered.to };
    return reason('handoff.rangeNotInEdit', params);
  }
  const cutIn = from - orderedIn;
  const lengthFrames = to - from;
  const isSeen = ({ atFrames }: { atFrames: number }) => {
    const at = floorFrames(atFrames, media.rate, rate);
    return at >= cutIn && at < cutIn + lengthFrames;
  };
  return {
    order,
    offsetFrames: from - inFrames,
    lengthFrames,
    inFrames: cutIn,
    fileFrames,
    fileStartFrames: floorFrames(media.startFrames, media.rate, rate),
    markers: order.markers.filter(isSeen),
  };
}

const timecodeAt = ({ timelineStartFrames, recordFrames, rate, isDropFrame }: Occurrence, offset: number): string =>
  timecodeOf(timelineStartFrames + recordFrames + offset, rate, isDropFrame);

function placeOf(occurrence: Occurrence, cut: Cut): LaidPlace {
  const { order, offsetFrames, lengthFrames, inFrames } = cut;
  const { source } = order;
  const ordered = floorFrames(source.outFrames - source.inFrames, source.rate, occurrence.rate);
  return {
    itemId: order.itemId,
    name: order.name,
    where: occurrence.where,
    recordTimecode: timecodeAt(occurrence, offsetFrames),
    recordFrames: occurrence.recordFrames + offsetFrames,
    lengthFrames,
    rate: occurrence.rate,
    inFrames,
    isCut: lengthFrames < ordered,
  };
}
