/** Waits for one chord of the person: Escape gives up, Tab leaves as always, what the system keeps is named and not taken. */
import { useEffect, useRef } from 'react';
import { chordsOf, isSystemChord } from '../../keys/chord.ts';
import { isMac } from '../../keys/keyLabel.ts';

interface Recording {
  isOn: boolean;
  onChord: (chord: string) => void;
  onRefused: (chord: string) => void;
  onCancel: () => void;
}

export function useKeyRecorder(recording: Recording): void {
  const { isOn } = recording;
  const current = useRef(recording);
  current.current = recording;
  useEffect(() => {
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const { onChord, onRefused, onCancel } = current.current;
      if (event.key === 'Tab') return onCancel();
      // Before every other listener: the chord is only named, not run.
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'Escape') return onCancel();
      const [chord] = chordsOf(event, isMac);
      if (chord === undefined || event.repeat) return;
      if (isSystemChord(chord)) onRefused(chord);
      else onChord(chord);
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [isOn]);
}
