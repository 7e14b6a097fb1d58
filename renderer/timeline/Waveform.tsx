/** The clip's sound as peaks, drawn on a canvas. */
import { useComputedColorScheme } from '@mantine/core';
import { memo, useEffect, useRef } from 'react';
import { useScale } from '../state/shell/scale.ts';
import type { ClipClock } from '../state/trim/trim.ts';
import type { View } from '../state/trim/view.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Timeline.module.css';

interface WaveformProps {
  clock: ClipClock;
  view: View;
  width: number;
  peaks: readonly number[] | null | undefined;
  isDone: boolean;
}

const heightPx = 30;

export const Waveform = memo(function Waveform({ clock, view, width, peaks, isDone }: WaveformProps) {
  const { t } = useTexts();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('dark');
  const pageScale = useScale();

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !peaks || peaks.length === 0 || width === 0) return;
    const scale = (window.devicePixelRatio || 1) * pageScale;
    element.width = Math.round(width * scale);
    element.height = Math.round(heightPx * scale);
    context.fillStyle = scheme === 'dark' ? '#7d7d7d' : '#8a8a8a';
    for (let x = 0; x < element.width; x += 1) {
      const from = peakIndex(view, clock, peaks.length, x / element.width);
      const to = Math.max(from + 1, peakIndex(view, clock, peaks.length, (x + 1) / element.width));
      let peak = 0;
      for (let index = from; index < to; index += 1) peak = Math.max(peak, peaks[index] ?? 0);
      const bar = Math.max(scale, peak * (element.height - 2));
      context.fillRect(x, (element.height - bar) / 2, 1, bar);
    }
  }, [peaks, view, clock, width, scheme, pageScale]);

  const isMissing = isDone && (peaks === null || peaks?.length === 0);
  return (
    <div className={classes.waveform} aria-hidden="true">
      {isMissing ? (
        <span className={classes.missing}>
          {t(peaks === null ? 'create.timeline.noSound' : 'create.timeline.soundUnread')}
        </span>
      ) : (
        <canvas ref={canvas} />
      )}
    </div>
  );
});

function peakIndex(view: View, clock: ClipClock, count: number, share: number): number {
  const position = view.start + share * (view.end - view.start);
  return Math.min(count - 1, Math.floor((position / clock.length) * count));
}
