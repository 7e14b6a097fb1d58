/** A timeline as a table: one row per clip, for people and spreadsheets (CSV) and for Avid (ALE). Pure. */
import type { HandoffTimeline } from '../contract/handoff.ts';
import { csvText, safeText } from '../words/csvText.ts';
import { reelOf } from './edl.ts';
import { baseName } from './fileUrl.ts';
import { lineText, nameText } from './names.ts';
import { placedClips, rateName, shownMarkers, timecodeOf } from './timeline.ts';

const columns = [
  ...['number', 'name', 'file', 'reel', 'fps', 'drop_frame', 'width', 'height', 'sound_channels'],
  ...['source_in', 'source_out', 'record_in', 'record_out', 'in_frame', 'out_frame', 'record_frame', 'frames'],
  ...['notes', 'result'],
] as const;

/** In and out are half-open, as in an EDL: the out point is the first frame not used. */
export function writeCsv(timeline: HandoffTimeline): string {
  const rows = placedClips(timeline).map(({ clip, recordFrames, recordEndFrames }, index) => {
    const { media } = clip;
    const source = (frames: number) => timecodeOf(media.startFrames + frames, media.rate, media.isDropFrame);
    const record = (frames: number) => timecodeOf(timeline.startFrames + frames, timeline.rate, timeline.isDropFrame);
    const notes = shownMarkers(clip).map(
      ({ atFrames, text, isDone }) => `${source(atFrames)} ${isDone ? '[x]' : '[ ]'} ${text}`,
    );
    return [
      ...[String(index + 1), safeText(clip.name), safeText(media.path), safeText(reelOf(media))],
      ...[rateName(media.rate), media.isDropFrame ? 'yes' : 'no', String(media.width), String(media.height)],
      ...[String(media.sound?.channels ?? 0), source(clip.inFrames), source(clip.outFrames)],
      ...[record(recordFrames), record(recordEndFrames), String(clip.inFrames), String(clip.outFrames)],
      ...[String(recordFrames), String(clip.outFrames - clip.inFrames)],
      ...[safeText(notes.join('\n')), clip.itemId],
    ];
  });
  return csvText([columns, ...rows]);
}

const aleColumns = ['Name', 'Tracks', 'Start', 'End', 'Tape', 'FPS', 'Source File', 'Source Path', 'Comments'];

/** Avid Log Exchange: lines of tabs, so no field may hold one. Names of rates are Avid's own. */
export function writeAle(timeline: HandoffTimeline): string {
  const rows = placedClips(timeline).map(({ clip }) => {
    const { media } = clip;
    const time = (frames: number) => timecodeOf(media.startFrames + frames, media.rate, media.isDropFrame);
    const channels = Array.from({ length: Math.min(2, media.sound?.channels ?? 0) }, (_, at) => `A${at + 1}`);
    const notes = shownMarkers(clip).map(({ atFrames, text }) => `${time(atFrames)} ${lineText(text)}`);
    return [
      ...[nameText(clip.name), ['V', ...channels].join(''), time(clip.inFrames), time(clip.outFrames)],
      ...[nameText(reelOf(media)), aleRate(media.rate), nameText(baseName(media.path)), nameText(media.path)],
      notes.join(' / '),
    ];
  });
  const heading = [
    ['FIELD_DELIM', 'TABS'],
    ['VIDEO_FORMAT', timeline.height === 1080 ? '1080' : 'CUSTOM'],
    ['AUDIO_FORMAT', '48khz'],
    ['FPS', aleRate(timeline.rate)],
  ];
  const lines = ['Heading', ...heading.map(tabbed), '', 'Column', tabbed(aleColumns), '', 'Data', ...rows.map(tabbed)];
  return `${lines.join('\r\n')}\r\n`;
}

const tabbed = (fields: readonly string[]): string => fields.join('\t');

/** Avid calls 23.976 by two digits behind the point. */
const aleRate = ({ num, den }: { num: number; den: number }): string =>
  num % den === 0 ? String(num / den) : (num / den).toFixed(2);
