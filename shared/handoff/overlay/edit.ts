/** What every reader of edits makes of one: the places where files stand, each with a way to lay something over it. Pure. */
import type { HandoffMarker, HandoffOrder } from '../../contract/handoff.ts';
import type { FrameRate } from '../../time/timecode.ts';

export type EditFormat = 'fcpxml' | 'xmeml' | 'otio' | 'edl';

/** A part of a result on its place; all frames at the rate of the occurrence's own timeline. */
export interface Cut {
  order: HandoffOrder;
  /** From the occurrence's first frame. */
  offsetFrames: number;
  lengthFrames: number;
  /** From the result's first picture. */
  inFrames: number;
  /** Of the whole result. */
  fileFrames: number;
  /** Where the result's own timecode begins. */
  fileStartFrames: number;
  /** Those that are seen, counted from the result's first picture. */
  markers: HandoffMarker[];
}

/** One place of the edit where a file's picture is used. */
export interface Occurrence {
  /** As the edit calls it; empty: not said. */
  clipName: string;
  /** Null: the edit names no path, or no name of a file. */
  path: string | null;
  fileName: string | null;
  reel: string | null;
  /** Which track, lane or event: for people. */
  where: string;
  /** Of the timeline that it stands in. */
  rate: FrameRate;
  isDropFrame: boolean;
  /** The timecode of its first frame, as a count of frames. */
  timelineStartFrames: number;
  /** Of the file from its first picture, half-open; null: none that is a whole frame of this timeline. */
  inFrames: number | null;
  outFrames: number | null;
  recordFrames: number;
  /** The rule by which nothing can be laid over it; null: it can. */
  obstacle: 'handoff.retimed' | 'handoff.transition' | null;
  lay(cut: Cut): void;
}

export interface Edit {
  format: EditFormat;
  occurrences: Occurrence[];
  text(): string;
}

/** What a reader cannot know from the text alone. */
export interface EditHints {
  /** Lists of edits do not name their rate; their sources' timecode is told only by the files. */
  rate: FrameRate;
  sources: readonly HandoffOrder['source'][];
}
