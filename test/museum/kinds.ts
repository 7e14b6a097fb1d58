/** What a kind of file is to the museum: how it is drawn, and what has to become of it. */
import type { Crop, ImageEdit, Trim } from '../../shared/contract/media.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { ClipTarget, Preset } from '../../shared/rules/limits.ts';
import type { Rgb } from './draw.ts';

/**
 * untouched: sent byte for byte · cleaned: the same pixels without what lies beside them · converted: written anew ·
 * blocked: taken in, and refused by a rule with a way out · refused: not taken in at all.
 */
export type Verdict = 'untouched' | 'cleaned' | 'converted' | 'blocked' | 'refused';

export interface Expectation {
  verdict: Verdict;
  /** Rules that say something, `id` or `id context`; for `blocked` and `refused` the one that stops it. */
  says?: readonly string[];
  format?: 'jpeg' | 'png';
  size?: readonly [width: number, height: number];
  /** Of the four patches, upright; absent: as they were drawn. */
  colours?: readonly Rgb[];
  /** How far a value may be off; small for lossless ways. */
  within?: number;
  /** Texts that must not leave the machine. */
  without?: readonly string[];
  /** Texts that must be there still. */
  keeps?: readonly string[];
}

export interface PictureKind {
  group: 'picture';
  id: string;
  /** The finding it belongs to, where there is one. */
  row: string;
  /** For the table in docs/formats.md. */
  what: string;
  extension: string;
  draw: () => Promise<Buffer> | Buffer;
  /** The same without its fault, where ffmpeg would not read the file itself. */
  twin?: () => Promise<Buffer> | Buffer;
  /** Lies beside the file. */
  beside?: () => Promise<readonly (readonly [name: string, bytes: Buffer])[]>;
  edit?: ImageEdit;
  expect: Expectation;
}

/**
 * untouched: sent byte for byte · copied: the same pictures in a new file · prepared: encoded anew ·
 * blocked: taken in, and refused by a rule with a way out · refused: by reading or by preparing.
 */
export type ClipVerdict = 'untouched' | 'copied' | 'prepared' | 'blocked' | 'refused';

export interface ClipExpectation {
  verdict: ClipVerdict;
  /** Rules that say something; for `blocked` and `refused` the one that stops it. */
  says?: readonly string[];
  /** Of a refusal. */
  code?: ErrorCode;
  /** The step that refuses; absent: reading. */
  by?: 'reading' | 'preparing';
  /** The burnt-in numbers that are shown, picture for picture. */
  numbers?: readonly number[];
  size?: readonly [width: number, height: number];
  /** Of the picture, by the container. */
  seconds?: number;
  /** False: there must be none. A number: silent before it, and heard from there on. */
  sound?: boolean | number;
  /** Of the ground that is drawn in 128/128/128; null where a curve is bent. */
  grey?: number | null;
  /** Words that are nowhere in what is sent. */
  absent?: string;
}

/** Where a kind is drawn: a folder of its own. */
export interface ClipTools {
  ffmpeg: string;
  path: (name: string) => string;
}

export interface ClipKind {
  group: 'clip';
  id: string;
  /** The finding it belongs to; `V0` where there is none. */
  row: string;
  /** For the table in docs/formats.md. */
  what: string;
  /** Answers the file. */
  draw: (tools: ClipTools) => Promise<string>;
  /** What happens to the file between reading and preparing. */
  disturb?: (file: string) => Promise<void>;
  target?: ClipTarget;
  preset?: Preset;
  trim?: Trim;
  crop?: Crop;
  soundTrack?: number;
  /** Where ffmpeg finds the picture that is meant, when it is not the first one. */
  pictureStream?: string;
  /** Some pictures hold the fields of two neighbours. */
  isMixed?: boolean;
  expect: ClipExpectation;
  /** Part of every run of the tests. */
  isFast?: boolean;
}
