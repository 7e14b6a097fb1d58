/** What of an earlier order is taken into the form: fields that belong together, by the names a person knows them by. Pure. */
import type { Draft } from './draft.ts';

export const restoreParts = ['clip', 'character', 'settings', 'prompt', 'project'] as const;
export type RestorePart = (typeof restoreParts)[number];

const fieldsOf = {
  clip: ['videoId', 'trim', 'crop', 'pad', 'soundTrack'],
  character: ['imageId', 'imageEdit', 'elementId'],
  settings: ['orientation', 'quality', 'preset', 'keepSound', 'watermark', 'callbackUrl'],
  prompt: ['prompt'],
  project: ['project'],
} as const satisfies Readonly<Record<RestorePart, readonly (keyof Draft)[]>>;

const partOf = (from: Draft, part: RestorePart): Partial<Draft> =>
  Object.fromEntries(fieldsOf[part].map((field) => [field, from[field]]));

/** Parts in which the earlier order is not what the form says. */
export function differingParts(now: Draft, earlier: Draft): RestorePart[] {
  return restoreParts.filter((part) => JSON.stringify(partOf(now, part)) !== JSON.stringify(partOf(earlier, part)));
}

export function withParts(now: Draft, earlier: Draft, parts: readonly RestorePart[]): Draft {
  const next: Draft = Object.assign({ ...now }, ...parts.map((part) => partOf(earlier, part)));
  // An element is made from a video, and the order must then face as in the video.
  return next.elementId !== null ? { ...next, orientation: 'video' } : next;
}
