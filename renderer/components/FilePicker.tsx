/** A place that takes one kind of file: by drop (the window's own listener reads `data-drop`), by click, by keyboard. */
import { type ReactNode, useRef } from 'react';
import type { Slot } from '../state/order/intake.ts';

interface FilePickerProps {
  slot: Slot;
  /** Where there is more than one place for a kind: names this one for the drop listener and for tests. */
  id?: string;
  inputLabel: string;
  /** Several files may be chosen at once. */
  takesSeveral?: boolean;
  onFiles: (files: File[]) => void;
  className?: string | undefined;
  /** Draws the content; `choose` opens the system's file dialog. */
  children: (choose: () => void) => ReactNode;
}

/** Hints for the system's dialog; what a file is decides itself by its content. */
const accept: Record<Slot, string> = {
  video: 'video/*,.mp4,.mov,.mkv,.webm,.avi,.mxf,.mts,.m2ts,.ts,.mpg,.gif',
  image: 'image/*,.jpg,.jpeg,.png,.webp,.heic,.heif,.avif,.tif,.tiff',
};

export function FilePicker({
  slot,
  id = slot,
  inputLabel,
  takesSeveral = false,
  onFiles,
  className,
  children,
}: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={className} data-drop={id} data-testid={`drop-${id}`}>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={inputLabel}
        accept={accept[slot]}
        multiple={takesSeveral}
        data-testid={`intake-${id}`}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file chosen again must count as a change.
          event.currentTarget.value = '';
          onFiles(files);
        }}
      />
      {children(() => input.current?.click())}
    </div>
  );
}
