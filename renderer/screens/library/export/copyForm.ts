/** What copies for the timeline are like, as the form holds it and as the contract takes it. Pure. */
import type { CommandInput } from '../../../../shared/contract/index.ts';

export type CopyOptions = Omit<CommandInput<'handoff.conform'>, 'ids' | 'taskId'>;

/** Sequences as editing programs offer them; `own`: the result's. */
export const sequenceSizes = ['own', '1920x1080', '3840x2160', '1280x720', '1080x1920', '1080x1080', 'other'] as const;

export interface CopyForm {
  preset: CopyOptions['preset'];
  rate: NonNullable<CopyOptions['rate']>;
  isRestamped: boolean;
  size: (typeof sequenceSizes)[number];
  /** Of `other`, in pixels. */
  width: number;
  height: number;
  fit: 'pad' | 'scale';
  sound: NonNullable<CopyOptions['sound']>;
  /** Null: found by comparing. */
  offsetMs: number | null;
  isAscii: boolean;
  hasProvenance: boolean;
}

export const usualCopies: CopyForm = {
  ...{ preset: 'prores422', rate: 'reference', isRestamped: false, size: 'own', width: 1920, height: 1080 },
  ...{ fit: 'pad', sound: 'original', offsetMs: null, isAscii: false, hasProvenance: false },
};

function sizeOf({ size, width, height }: CopyForm): { width: number; height: number } | null {
  if (size === 'own') return null;
  if (size === 'other') return { width, height };
  const [w = 0, h = 0] = size.split('x').map(Number);
  return { width: w, height: h };
}

export function copyOptionsOf(form: CopyForm): CopyOptions {
  const { preset, rate, isRestamped, fit, sound, offsetMs, isAscii, hasProvenance } = form;
  const size = sizeOf(form);
  return {
    ...{ preset, rate, sound, isAscii, hasProvenance },
    isRestamped: isRestamped && rate !== 'result',
    ...(size ? { size, fit } : {}),
    ...(sound === 'original' && offsetMs !== null ? { soundOffsetMs: offsetMs } : {}),
  };
}
