/** Frame rates as they were read from painted frames: a result's own rate is in none of its records. */
import { useState } from 'react';
import type { FrameRate } from '../../../../shared/time/timecode.ts';

type Rates = Readonly<Record<string, FrameRate>>;

export function useRates(): [Rates, (key: string, rate: FrameRate) => void] {
  const [rates, setRates] = useState<Rates>({});
  const note = (key: string, rate: FrameRate) =>
    setRates((known) => {
      const before = known[key];
      return before && before.num * rate.den === rate.num * before.den ? known : { ...known, [key]: rate };
    });
  return [rates, note];
}
