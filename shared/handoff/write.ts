/** The one door to all writers of timelines: what each is called on disk, and what it cannot say. Pure. */
import type { HandoffFormat, HandoffTimeline } from '../contract/handoff.ts';
import { refused } from '../errors.ts';
import { writeAle, writeCsv } from './csv.ts';
import { eventCount, writeEdl } from './edl.ts';
import { writeFcpxml } from './fcpxml.ts';
import { writeOtio } from './otio.ts';
import { rateName, timebaseOf } from './timeline.ts';
import { writeXmeml } from './xmeml.ts';

/** Premiere lists xmeml under plain `.xml`. */
export const handoffExtensions: Readonly<Record<HandoffFormat, string>> = {
  fcpxml: '.fcpxml',
  xmeml: '.xml',
  otio: '.otio',
  edl: '.edl',
  'edl-premiere': '.edl',
  csv: '.csv',
  ale: '.ale',
};

const writers: Readonly<Record<HandoffFormat, (timeline: HandoffTimeline) => string>> = {
  fcpxml: writeFcpxml,
  xmeml: writeXmeml,
  otio: writeOtio,
  edl: (timeline) => writeEdl(timeline, { isForPremiere: false }),
  'edl-premiere': (timeline) => writeEdl(timeline, { isForPremiere: true }),
  csv: writeCsv,
  ale: writeAle,
};

/** An event's number has three digits. */
const MOST_EVENTS = 999;

/** Throws refused under `format`: a rate that timecode cannot count, more events than a list can number. */
export function writeTimeline(format: HandoffFormat, timeline: HandoffTimeline): string {
  const countsTimecode = format !== 'fcpxml' && format !== 'otio';
  if (countsTimecode && timebaseOf(timeline.rate) === null)
    throw refused('format', 'handoff.rateUncounted', { rate: rateName(timeline.rate), format });
  const count = format.startsWith('edl') ? eventCount(timeline, { isForPremiere: format === 'edl-premiere' }) : 0;
  if (count > MOST_EVENTS) throw refused('format', 'handoff.tooManyEvents', { count, max: MOST_EVENTS });
  return writers[format](timeline);
}
