/** The trim bar: ruler, filmstrip, waveform, range with its handles, playhead; zooms around the cursor. */
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { call } from '../bridge/bridge.ts';
import { useCommand } from '../bridge/queries.ts';
import { useDraftStore } from '../state/order/draftStore.ts';
import { snapPoints, useBeatSnap, useBeats } from '../state/trim/beats.ts';
import { type TimelineControls, usePlayerStore } from '../state/trim/player.ts';
import { exactCuts } from '../state/trim/shots.ts';
import type { Clip } from '../state/trim/useClip.ts';
import { useShots } from '../state/trim/useShots.ts';
import { follow, fullView, panTo, positionAt, type View, zoomView } from '../state/trim/view.ts';
import { useTexts } from '../text/i18n.ts';
import { BeatMarks } from './BeatMarks.tsx';
import { Filmstrip } from './Filmstrip.tsx';
import { Playhead } from './Playhead.tsx';
import { RangeOverlay } from './RangeOverlay.tsx';
import { Ruler } from './Ruler.tsx';
import { ShotMarks } from './ShotMarks.tsx';
import classes from './Timeline.module.css';
import { TimelineToolbar } from './TimelineToolbar.tsx';
import { useEmptyHand } from './useLiveClip.ts';
import { Waveform } from './Waveform.tsx';

export function Timeline({ clip }: { clip: Clip }) {
  const { t } = useTexts();
  const { ref: sizeRef, width } = useElementSize();
  const { view, zoom, showAll, trackRef } = useTimelineView(clip);
  const timeline = useCommand('media.timeline', { id: clip.asset.id }).data;
  const shots = useShots(clip);
  const beats = useBeats(clip);
  const { isOn: snapsToBeats } = useBeatSnap();
  const points = useMemo(
    () => snapPoints(exactCuts(shots), snapsToBeats ? beats.at : []),
    [shots, beats, snapsToBeats],
  );
  useStopWhenReplaced(clip.asset.id);
  useEmptyHand(clip.asset.id);
  const mergedRef = useMergedRef(sizeRef, trackRef);

  const seekAt = (clientX: number, element: HTMLElement) => {
    const box = element.getBoundingClientRect();
    const position = positionAt(view, (clientX - box.left) / box.width);
    usePlayerStore.getState().controls?.scrub(clip.clock.unit === 'frames' ? Math.floor(position) : position);
  };

  return (
    <section className={classes.timeline} aria-label={t('create.timeline.label')}>
      <TimelineToolbar
        clip={clip}
        shots={shots}
        strip={timeline?.filmstrip}
        onZoom={zoom}
        onShowAll={showAll}
        isWhole={view.end - view.start >= clip.clock.length}
      />
      <div className={classes.frame}>
        {/* The track is a pointer's shortcut; keys reach the same through playhead and handles. */}
        <div
          ref={mergedRef}
          className={classes.track}
          data-testid="timeline-track"
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            seekAt(event.clientX, event.currentTarget);
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) seekAt(event.clientX, event.currentTarget);
          }}
        >
          <Ruler clip={clip} view={view} width={width} />
          <Filmstrip
            assetId={clip.asset.id}
            clock={clip.clock}
            view={view}
            width={width}
            strip={timeline?.filmstrip}
            isDone={timeline?.isDone ?? false}
          />
          <Waveform
            clock={clip.clock}
            view={view}
            width={width}
            peaks={timeline?.peaks}
            isDone={timeline?.isDone ?? false}
          />
          <BeatMarks at={beats.at} view={view} width={width} isOn={snapsToBeats} />
          <ShotMarks
            clock={clip.clock}
            minSeconds={clip.minSeconds}
            maxSeconds={clip.maxSeconds}
            view={view}
            width={width}
            shots={shots}
          />
          <RangeOverlay clip={clip} view={view} width={width} cuts={points} />
          <Playhead clip={clip} view={view} />
        </div>
      </div>
    </section>
  );
}

/** A clip that another one has replaced is not looked through any further. A visit to another screen stops nothing. */
function useStopWhenReplaced(assetId: string): void {
  const client = useQueryClient();
  useEffect(
    () => () => {
      if (useDraftStore.getState().history.present.videoId === assetId) return;
      client.removeQueries({ queryKey: ['media.timeline', { id: assetId }] });
      call('media.timelineStop', { id: assetId }).catch(() => undefined);
    },
    [assetId, client],
  );
}

function useTimelineView(clip: Clip) {
  const { clock } = clip;
  const [view, setView] = useState<View>(() => fullView(clock));
  const trackRef = useRef<HTMLDivElement>(null);
  const shown = view.end > clock.length ? fullView(clock) : view;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another clip is shown whole
  useEffect(() => setView(fullView(clock)), [clip.asset.id]);

  useEffect(
    () =>
      usePlayerStore.subscribe((state, before) => {
        if (state.position !== before.position) setView((was) => follow(clock, was, state.position));
      }),
    [clock],
  );

  // React's wheel listeners are passive: this one must keep the page from scrolling.
  useEffect(() => {
    const track = trackRef.current;
    if (!track) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = track.getBoundingClientRect();
      const share = (event.clientX - box.left) / box.width;
      setView((was) => {
        const sideways = event.shiftKey ? event.deltaY : event.deltaX;
        if (sideways !== 0) return panTo(clock, was, was.start + (sideways / box.width) * (was.end - was.start));
        return zoomView(clock, was, { factor: Math.exp(event.deltaY / 400), around: positionAt(was, share) });
      });
    };
    track.addEventListener('wheel', onWheel, { passive: false });
    return () => track.removeEventListener('wheel', onWheel);
  }, [clock]);

  const controls = useMemo<TimelineControls>(
    () => ({
      zoom: (factor) => setView((was) => zoomView(clock, was, { factor, around: usePlayerStore.getState().position })),
      showAll: () => setView(fullView(clock)),
    }),
    [clock],
  );
  useEffect(() => {
    usePlayerStore.setState({ timeline: controls });
    return () => usePlayerStore.setState({ timeline: null });
  }, [controls]);

  return { view: shown, trackRef, ...controls };
}
