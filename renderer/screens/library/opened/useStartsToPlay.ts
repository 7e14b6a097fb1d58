/** Plays at once, as a person who opens a result expects; not for one who asked for less movement. */
import { useMediaQuery } from '@mantine/hooks';
import { useEffect } from 'react';
import type { Group } from '../compare/group.ts';

export function useStartsToPlay(group: Group, isPresent: boolean): void {
  const wantsLess = useMediaQuery('(prefers-reduced-motion: reduce)', undefined, { getInitialValueInEffect: false });
  useEffect(() => {
    if (isPresent && !wantsLess) group.play(1);
  }, [group, isPresent, wantsLess]);
}
