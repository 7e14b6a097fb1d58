/** The earlier order that was taken into the form, for what was changed since; null: none was. */
import { create } from 'zustand';
import type { Draft } from './draft.ts';

export const useAgainStore = create<{ earlier: Draft | null }>()(() => ({ earlier: null }));

const fields = {
  clip: ['videoId'],
  trim: ['trim'],
  crop: ['crop', 'pad'],
  character: ['imageId'],
  framing: ['imageEdit'],
  facing: ['orientation'],
  quality: ['quality'],
  sound: ['keepSound', 'soundTrack'],
  prompt: ['prompt'],
  element: ['elementId'],
  preset: ['preset'],
  watermark: ['watermark'],
  callback: ['callbackUrl'],
  project: ['project'],
} as const satisfies Readonly<Record<string, readonly (keyof Draft)[]>>;
export type AgainField = keyof typeof fields;

/** In which fields the form is another order now. */
export function changedSince(earlier: Draft, now: Draft): AgainField[] {
  const valuesOf = (draft: Draft, names: readonly (keyof Draft)[]) => JSON.stringify(names.map((name) => draft[name]));
  return (Object.keys(fields) as AgainField[]).filter(
    (field) => valuesOf(earlier, fields[field]) !== valuesOf(now, fields[field]),
  );
}
