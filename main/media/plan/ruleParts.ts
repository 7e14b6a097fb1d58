/** What a rule for a clip is given and answers. */
import type { Crop, Trim, Verdict, VideoFacts } from '../../../shared/contract/media.ts';
import type { ReasonParams } from '../../../shared/errors.ts';
import type { ClipLimits, ClipTarget, Preset } from '../../../shared/rules/limits.ts';
import type { Geometry } from './geometry.ts';

export interface RuleContext {
  facts: VideoFacts;
  limits: ClipLimits;
  target: ClipTarget;
  /** What facing as in the video allows: the way out of a range that is too long for the image. */
  longestSeconds: number;
  preset: Preset;
  /** In the unit that the clip is trimmed by. */
  trim: Trim;
  hasTrim: boolean;
  geometry: Geometry;
  crop: Crop | undefined;
  soundTrack: number | undefined;
}

export interface Finding {
  state: Verdict['state'];
  params: ReasonParams;
  fix?: Verdict['fix'];
  /** The input that the person would change; the clip itself when not said. */
  field?: string;
}

export interface Rule {
  id: string;
  /** Null: there is nothing to judge, such as the crop of an order without one. */
  check(context: RuleContext): Finding | null;
}

/** Preparing settles what is not so already. */
export const isKept = (ok: boolean): Verdict['state'] => (ok ? 'pass' : 'fixed');

export const round3 = (value: number) => Number(value.toFixed(3));
