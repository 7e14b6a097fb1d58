/**
 * An edit as a CMX3600 list. A list has one track of picture, and its readers refuse or shift what overlaps, so a result takes the
 * place of the source's picture there: what was before and behind it stays, its sound stays, all other lines stay as they are. Pure.
 */
import { refused } from '../../errors.ts';
import { type FrameRate, isDropFrameRate, timecodeToFrames } from '../../time/timecode.ts';
import { commentLines, eventLine, locatorLine, reelOf } from '../edl.ts';
import { baseName, withoutExtension } from '../fileUrl.ts';
import { reelNames } from '../names.ts';
import { floorFrames, timecodeOf } from '../timeline.ts';
import type { Cut, Edit, EditHints, Occurrence } from './edit.ts';

/** Number, reel, channels, kind of edit and its length, then four times. */
const EVENT =
  /^(\d{1,6})(\s+)(\S+)(\s+)(\S+)(\s+)([CDKW]\S*(?:\s+(?:[BO]|\d{1,4}))*)(\s+)(\d\d:\d\d:\d\d[:;.]\d\d)(\s+)(\d\d:\d\d:\d\d[:;.]\d\d)(\s+)(\d\d:\d\d:\d\d[:;.]\d\d)(\s+)(\d\d:\d\d:\d\d[:;.]\d\d)\s*$/;

interface Event {
  reel: string;
  channels: string;
  kind: string;
  times: [number, number, number, number];
  isDrop: [boolean, boolean];
  /** With the event's own line first. */
  lines: string[];
  /** Laid over it, in the order of the timeline. */
  cuts: Cut[];
}

interface List {
  head: string[];
  events: Event[];
  lineEnd: string;
}

export function openEdl(text: string, hints: EditHints): Edit {
  const list = parse(text, hints.rate);
  const reelOfList = usedReels(list);
  const occurrences = list.events.flatMap((event, index) => occurrenceOf(event, { list, index, hints }) ?? []);
  return { format: 'edl', occurrences, text: () => write(list, hints.rate, reelOfList) };
}

function parse(text: string, rate: FrameRate): List {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const list: List = { head: [], events: [], lineEnd: text.includes('\r\n') ? '\r\n' : '\n' };
  for (const line of lines) {
    const match = EVENT.exec(line);
    if (match) list.events.push(eventOf(match, line, rate));
    else (list.events.at(-1)?.lines ?? list.head).push(line);
  }
  if (list.events.length === 0)
    throw refused('over', 'handoff.editUnknown', { found: (lines.find((line) => line.trim()) ?? '').slice(0, 40) });
  return list;
}

function eventOf(match: RegExpExecArray, line: string, rate: FrameRate): Event {
  const times = [9, 11, 13, 15].map((group) => match[group] ?? '');
  const frames = times.map((time) => {
    const isDropped = time.includes(';') && isDropFrameRate(rate);
    const at = timecodeToFrames(isDropped ? time : time.replace(/[;.]/, ':'), rate);
    if (at === null) throw refused('over', 'handoff.edlTime', { time, rate: String(rate.num / rate.den) });
    return at;
  });
  const [sourceIn = 0, sourceOut = 0, recordIn = 0, recordOut = 0] = frames;
  return {
    reel: match[3] ?? '',
    channels: match[5] ?? '',
    kind: match[7] ?? '',
    times: [sourceIn, sourceOut, recordIn, recordOut],
    isDrop: [(times[0] ?? '').includes(';'), (times[2] ?? '').includes(';')],
    lines: [line],
    cuts: [],
  };
}

const comment = (event: Event, pattern: RegExp): string | null => {
  for (const line of event.lines.slice(1)) {
    const match = pattern.exec(line);
    if (match?.[1]) return match[1].trim();
  }
  return null;
};

const hasPicture = ({ channels }: Event): boolean => /^(V|B|A+\d*\/V|V\d*)$/i.test(channels);

function occurrenceOf(
  event: Event,
  { list, index, hints }: { list: List; index: number; hints: EditHints },
): Occurrence | null {
  const [sourceIn, sourceOut, recordIn, recordOut] = event.times;
  if (!hasPicture(event) || recordOut <= recordIn) return null;
  const clipName = comment(event, /^\*\s*FROM CLIP NAME:\s*(.*)$/i) ?? '';
  const path = comment(event, /^\*\s*SOURCE FILE:\s*(.*)$/i);
  const first = list.events[0]?.times[2] ?? 0;
  const start = sourceStart({ clipName, path, reel: event.reel }, hints);
  const isRetimed = sourceOut - sourceIn !== recordOut - recordIn || event.lines.some((line) => /^M2\s/.test(line));
  return {
    clipName,
    path,
    fileName: path === null ? null : baseName(path),
    reel: event.reel,
    where: `${index + 1}`,
    rate: hints.rate,
    isDropFrame: event.isDrop[1],
    timelineStartFrames: first,
    inFrames: sourceIn - start,
    outFrames: sourceOut - start,
    recordFrames: recordIn - first,
    obstacle: obstacleOf(list, index, isRetimed),
    lay: (cut) => void event.cuts.push(cut),
  };
}

/** A dissolve is two lines that lean on each other's frames: neither can be cut without the other. */
function obstacleOf({ events }: List, index: number, isRetimed: boolean): Occurrence['obstacle'] {
  if (isRetimed) return 'handoff.retimed';
  const isDissolve = (event: Event | undefined) => event !== undefined && event.kind !== 'C';
  return isDissolve(events[index]) || (isDissolve(events[index + 1]) && hasNoLength(events[index]))
    ? 'handoff.transition'
    : null;
}

const hasNoLength = (event: Event | undefined): boolean => event !== undefined && event.times[2] === event.times[3];

/** A list tells the timecode of the tape; how far that is into the file only the file knows. */
function sourceStart(
  named: { clipName: string; path: string | null; reel: string },
  { sources, rate }: EditHints,
): number {
  const isNamed = (name: string) => {
    const stem = withoutExtension(name);
    const candidates = [named.clipName, named.path === null ? '' : baseName(named.path), named.reel];
    return candidates.some((candidate) => [name, stem].some((own) => own.toLowerCase() === candidate.toLowerCase()));
  };
  const source = sources.find(({ name }) => isNamed(name)) ?? sources[0];
  return source ? floorFrames(source.startFrames, source.rate, rate) : 0;
}

function usedReels({ events }: List): string[] {
  return [...new Set(events.map(({ reel }) => reel.toUpperCase()))];
}

function write(list: List, rate: FrameRate, usedNames: readonly string[]): string {
  const isByFileName = usedNames.every((reel) => reel === 'AX' || reel === 'BL');
  const files = list.events.flatMap(({ cuts }) =>
    cuts.map(({ order: { media } }) => ({ path: media.path, reel: reelOf(media) })),
  );
  // The list's own reels are taken already: they go in first, so that ours get other names.
  const reels = reelNames([...usedNames.map((reel) => ({ path: `reel ${reel}`, reel })), ...files]);
  const lines = [...list.head];
  let added = 0;
  for (const event of list.events) {
    const parts = partsOf(event, rate, (path) => (isByFileName ? 'AX' : (reels.get(path) ?? 'AX')));
    for (const [index, [line = '', ...rest]] of parts.entries()) {
      if (index > 0) added += 1;
      lines.push(added === 0 ? line : renumbered(line, event, added), ...rest);
    }
  }
  return lines.join(list.lineEnd);
}

/** Later events move on by what was put in before; the two lines of a dissolve keep one number. */
function renumbered(line: string, event: Event, added: number): string {
  const own = numberOf(event);
  return line.replace(/^\d+/, String(Number(own) + added).padStart(own.length, '0'));
}

const numberOf = ({ lines }: Event): string => /^\d+/.exec(lines[0] ?? '')?.[0] ?? '000';

/** The event as the events that it becomes, each with its own line first. */
function partsOf(event: Event, rate: FrameRate, reelFor: (path: string) => string): string[][] {
  if (event.cuts.length === 0) return [event.lines];
  const [sourceIn, , recordIn, recordOut] = event.times;
  const [, ...comments] = event.lines;
  // What names the source goes with each piece of it; notes, and what belongs to the next event, stand once.
  const naming = comments.filter((line) => /^\*(?!\s*LOC:)/i.test(line));
  const others = comments.filter((line) => !naming.includes(line));
  const piece = (from: number, to: number, channels: string) => {
    const line = eventLine(0, {
      reel: event.reel,
      channels,
      sourceIn: timecodeOf(sourceIn + from, rate, event.isDrop[0]),
      sourceOut: timecodeOf(sourceIn + to, rate, event.isDrop[0]),
      recordIn: timecodeOf(recordIn + from, rate, event.isDrop[1]),
      recordOut: timecodeOf(recordIn + to, rate, event.isDrop[1]),
    });
    return [line, ...naming];
  };
  const length = recordOut - recordIn;
  const sound = soundOf(event.channels);
  const parts = sound === null ? [] : [piece(0, length, sound)];
  let at = 0;
  for (const cut of [...event.cuts].sort((a, b) => a.offsetFrames - b.offsetFrames)) {
    // Of two results for one place the first that was named is seen: there is no track above.
    const from = Math.max(at, cut.offsetFrames);
    const to = cut.offsetFrames + cut.lengthFrames;
    if (to <= from) continue;
    if (from > at) parts.push(piece(at, from, 'V'));
    parts.push(resultLines(event, cut, { from, to, rate, reel: reelFor(cut.order.media.path) }));
    at = to;
  }
  if (at < length) parts.push(piece(at, length, 'V'));
  parts.at(-1)?.push(...others);
  const numbered = ([line = '', ...rest]: string[]) => [line.replace(/^\d+/, numberOf(event)), ...rest];
  return parts.map(numbered);
}

const soundOf = (channels: string): string | null => {
  if (/^B$/i.test(channels)) return 'A';
  return /^(A+\d*)\/V$/i.exec(channels)?.[1] ?? null;
};

function resultLines(
  event: Event,
  cut: Cut,
  { from, to, rate, reel }: { from: number; to: number; rate: FrameRate; reel: string },
): string[] {
  const { order, inFrames, fileStartFrames, offsetFrames } = cut;
  const { media } = order;
  const first = fileStartFrames + inFrames + from - offsetFrames;
  const recordIn = event.times[2];
  const record = (frames: number) => timecodeOf(recordIn + frames, rate, event.isDrop[1]);
  const line = eventLine(0, {
    reel,
    channels: 'V',
    sourceIn: timecodeOf(first, rate, media.isDropFrame),
    sourceOut: timecodeOf(first + to - from, rate, media.isDropFrame),
    recordIn: record(from),
    recordOut: record(to),
  });
  const markers = cut.markers.map((marker) =>
    locatorLine(record(offsetFrames + floorFrames(marker.atFrames, media.rate, rate) - inFrames), marker),
  );
  const name = reel === 'AX' ? baseName(media.path) : order.name;
  return [line, ...commentLines(name, media), ...markers];
}
