/** A timecode that is copied by a click. */
import type { Ref } from 'react';
import { notifyDone } from '../state/shell/notify.tsx';

interface TimecodeProps {
  timecode: string;
  label: string;
  className: string | undefined;
  isSource?: boolean;
  /** A tooltip takes hold of what it explains. */
  ref?: Ref<HTMLButtonElement>;
}

export function Timecode({ timecode, label, className, isSource = false, ...held }: TimecodeProps) {
  const copy = () => void navigator.clipboard.writeText(timecode).then(() => notifyDone((t) => t('app.action.copied')));
  return (
    <button
      type="button"
      {...held}
      className={`${className ?? ''} mono`}
      aria-label={label}
      onClick={copy}
      data-testid={isSource ? 'source-timecode' : 'timecode'}
    >
      {timecode}
    </button>
  );
}
