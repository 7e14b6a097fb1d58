/** CMX3600 edit decision lists, which everything reads, and the variant that Premiere links by file names. Pure. */
import type { HandoffClip, HandoffMedia, HandoffTimeline } from '../contract/handoff.ts';
import { baseName, withoutExtension } from './fileUrl.ts';
import { lineText, nameText, reelNames, shortened } from './names.ts';
import { floorFrames, placedClips, shownMarkers, timecodeOf } from './timeline.ts';

export interface EdlOptions {
  /** Premiere knows every file as reel AX and finds it by its name. */
  isForPremiere: boolean;
}

/** Lists have lines of 80 characters; readers of notes take them to the line's end. */
const TITLE_LENGTH = 70;
const LINE_END = '\r\n';

/** What names a file's tape: its own reel, else the file's name. */
export const reelOf = (media: HandoffMedia): string => media.reel ?? withoutExtension(baseName(media.path));

/**
 * Picture and each channel of sound by itself: `AA/V` on one line is legal too, but readers trip over it (OpenTimelineIO's puts one clip
 * on two tracks and stops).
 */
const channelsOf = ({ sound }: HandoffMedia): string[] => ['V', ...['A', 'A2'].slice(0, sound?.channels ?? 0)];

/** How many numbers the list of a timeline needs. */
export const eventCount = ({ clips }: HandoffTimeline, { isForPremiere }: EdlOptions): number =>
  isForPremiere ? clips.length : clips.reduce((sum, { media }) => sum + channelsOf(media).length, 0);

export interface EdlEvent {
  reel: string;
  channels: string;
  sourceIn: string;
  sourceOut: string;
  recordIn: string;
  recordOut: string;
}

export function eventLine(number: number, event: EdlEvent): string {
  const { reel, channels, sourceIn, sourceOut, recordIn, recordOut } = event;
  const head = `${String(number).padStart(3, '0')}  ${reel.padEnd(8)} ${channels.padEnd(5)} C        `;
  return `${head}${sourceIn} ${sourceOut} ${recordIn} ${recordOut}`;
}

/** What a source is called and where it lies: lines that readers who do not know them pass over. */
export const commentLines = (name: string, media: HandoffMedia): string[] => [
  `* FROM CLIP NAME: ${nameText(name)}`,
  `* SOURCE FILE: ${nameText(media.path)}`,
];

/** Avid's locators, which Resolve reads: a colour, a blank, the text. Green is done. */
export const locatorLine = (timecode: string, { text, isDone }: { text: string; isDone: boolean }): string =>
  `* LOC: ${timecode} ${(isDone ? 'GREEN' : 'RED').padEnd(7)} ${nameText(text, '-')}`;

/** The text of the whole list. Source times are told at the timeline's rate: a list has only one. */
export function writeEdl(timeline: HandoffTimeline, { isForPremiere }: EdlOptions): string {
  const { rate, isDropFrame, startFrames } = timeline;
  const reels = reelNames(timeline.clips.map(({ media }) => ({ path: media.path, reel: reelOf(media) })));
  const record = (frames: number) => timecodeOf(startFrames + frames, rate, isDropFrame);
  let number = 0;
  const events = placedClips(timeline).flatMap(({ clip, inFrames, outFrames, recordFrames, recordEndFrames }) => {
    const { media } = clip;
    const fileStart = floorFrames(media.startFrames, media.rate, rate);
    const source = (frames: number) => timecodeOf(fileStart + frames, rate, media.isDropFrame);
    const at = (atFrames: number) => recordFrames + floorFrames(atFrames, media.rate, rate) - inFrames;
    const times = {
      reel: isForPremiere ? 'AX' : (reels.get(media.path) ?? 'AX'),
      sourceIn: source(inFrames),
      sourceOut: source(outFrames),
      recordIn: record(recordFrames),
      recordOut: record(recordEndFrames),
    };
    const line = (channels: string) => eventLine(number, { ...times, channels });
    const comments = commentLines(linkName(clip, isForPremiere), media);
    const markers = shownMarkers(clip).map((marker) => locatorLine(record(at(marker.atFrames)), marker));
    if (isForPremiere) {
      // Under one number: what reads lists of AX takes picture and sound of it for one clip.
      number += 1;
      return [...channelsOf(media).map(line), ...comments, ...markers];
    }
    return channelsOf(media).flatMap((channels, index) => {
      number += 1;
      return [line(channels), ...comments, ...(index === 0 ? markers : [])];
    });
  });
  const title = `TITLE: ${shortened(lineText(timeline.name), TITLE_LENGTH) || 'Untitled'}`;
  const mode = `FCM: ${isDropFrame ? 'DROP FRAME' : 'NON-DROP FRAME'}`;
  return [title, mode, '', ...events, ''].join(LINE_END);
}

/** Premiere links AX by the clip's name, which must be the file's. */
const linkName = (clip: HandoffClip, isForPremiere: boolean): string =>
  isForPremiere ? baseName(clip.media.path) : clip.name;
