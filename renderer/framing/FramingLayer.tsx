/** The character beside the performer at one scale, and two lines across both: head, and hips or feet. */
import { type KeyboardEvent, type PointerEvent as ReactPointerEvent, useRef } from 'react';
import type { Crop } from '../../shared/contract/media.ts';
import type { Picture } from '../../shared/media/crop.ts';
import { type BodyLine, type FramingLayout, moveLine, placeWhole, useBodyLines } from '../state/trim/framing.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Framing.module.css';

export interface FramedImage {
  url: string;
  alt: string;
  picture: Picture;
  /** What of it is used. */
  part: Crop;
}

export function FramingLayer({ layout, image }: { layout: FramingLayout; image: FramedImage }) {
  const layer = useRef<HTMLDivElement>(null);
  const { video, image: place } = layout;
  const across = {
    left: video.left,
    top: video.top,
    width: place.left + place.width - video.left,
    height: video.height,
  };
  return (
    <>
      <div className={classes.image} style={place}>
        <img src={image.url} alt={image.alt} style={placeWhole(place, image.picture, image.part)} />
      </div>
      <div ref={layer} className={classes.layer} style={across} data-testid="framing">
        <Line line="head" layer={layer} />
        <Line line="lower" layer={layer} />
      </div>
    </>
  );
}

function Line({ line, layer }: { line: BodyLine; layer: React.RefObject<HTMLDivElement | null> }) {
  const { t } = useTexts();
  const share = useBodyLines((lines) => lines[line]);
  const move = (to: number) => useBodyLines.setState((lines) => moveLine(lines, line, to));
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (direction === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    move(share + direction * (event.shiftKey ? 0.05 : 0.005));
  };
  const onPointerMove = (event: ReactPointerEvent<HTMLElement>) => {
    const box = layer.current?.getBoundingClientRect();
    if (!box || box.height === 0 || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    move((event.clientY - box.top) / box.height);
  };
  return (
    <div
      className={classes.line}
      data-line={line}
      style={{ top: `${share * 100}%` }}
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t(`create.framing.${line}`)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={t('create.framing.height', { percent: Math.round(share * 100) })}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onPointerMove}
    >
      <span className={classes.label}>{t(`create.framing.${line}`)}</span>
    </div>
  );
}
