/** Flags by their kind, for the table of commands. */
import { conformRateNames } from '../../../shared/handoff/conformRate.ts';
import type { FlagSpec } from './commandSpec.ts';

export const path = (name: string, extra: Partial<FlagSpec> = {}): FlagSpec => ({
  name,
  kind: 'path',
  placeholder: 'FILE',
  ...extra,
});
export const text = (name: string, placeholder: string, extra: Partial<FlagSpec> = {}): FlagSpec => ({
  name,
  kind: 'text',
  placeholder,
  ...extra,
});
export const choice = (name: string, choices: readonly string[], extra: Partial<FlagSpec> = {}): FlagSpec => ({
  name,
  kind: 'choice',
  choices,
  placeholder: choices.join('|'),
  ...extra,
});
export const onOff = (name: string): FlagSpec => ({ name, kind: 'switch' });

/** What copies for a timeline are like. */
export const copyFlags: readonly FlagSpec[] = [
  choice('rate', ['reference', 'result', ...conformRateNames]),
  onOff('restamp'),
  text('size', 'WxH'),
  choice('fit', ['pad', 'scale']),
  choice('sound', ['original', 'result', 'none']),
  text('sound-offset-ms', 'N'),
  onOff('ascii'),
  onOff('provenance'),
];
