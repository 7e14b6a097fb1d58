/** What a kind of file is to the museum: how it is drawn, and what has to become of it. Clips may join: a group of their own, a judge of their own. */
import type { ImageEdit } from '../../shared/contract/media.ts';
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
  /** Part of every run of the tests. */
  isFast?: boolean;
}

export type Kind = PictureKind;
