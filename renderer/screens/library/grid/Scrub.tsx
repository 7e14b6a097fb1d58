/** A result under the pointer: its pictures by the pointer's place across the card, from one sprite; from the file itself where no sprite can be had. */
import { useRef, useState } from 'react';
import type { ListedItem } from '../../../../shared/contract/libraryCommands.ts';
import { mediaUrl, stripPictures } from '../../../../shared/media/mediaUrl.ts';
import classes from './Grid.module.css';

interface ScrubProps {
  item: ListedItem;
  widthPx: number;
  heightPx: number;
  /** Where the pointer came in, as a share of the width. */
  startShare: number;
}

/** As `object-fit: contain` lays it. */
export function pictureBox(item: { width: number; height: number }, widthPx: number, heightPx: number) {
  const scale = Math.min(widthPx / Math.max(1, item.width), heightPx / Math.max(1, item.height));
  return { widthPx: item.width * scale, heightPx: item.height * scale };
}

export const pictureAt = (share: number): number =>
  Math.max(0, Math.min(stripPictures - 1, Math.floor(share * stripPictures)));

export function Scrub({ item, widthPx, heightPx, startShare }: ScrubProps) {
  const [hasNoStrip, setHasNoStrip] = useState(false);
  const [isThere, setIsThere] = useState(false);
  const strip = useRef<HTMLImageElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const line = useRef<HTMLSpanElement>(null);
  const share = useRef(startShare);
  const box = pictureBox(item, widthPx, heightPx);

  const show = () => {
    if (line.current) line.current.style.transform = `translateX(${share.current * widthPx}px)`;
    if (strip.current) strip.current.style.transform = `translateX(${-pictureAt(share.current) * box.widthPx}px)`;
    const player = video.current;
    if (player && Number.isFinite(player.duration)) player.currentTime = share.current * player.duration;
  };
  return (
    <span
      className={classes.scrub}
      data-testid="scrub"
      data-there={isThere}
      onPointerMove={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        share.current = Math.max(0, Math.min(1, (event.clientX - left) / Math.max(1, width)));
        show();
      }}
    >
      <span className={classes.scrubPicture} style={{ width: box.widthPx, height: box.heightPx }}>
        {hasNoStrip ? (
          <video
            ref={video}
            src={mediaUrl('library', item.id)}
            muted
            playsInline
            preload="auto"
            onLoadedData={() => {
              setIsThere(true);
              show();
            }}
          />
        ) : (
          <img
            ref={strip}
            src={mediaUrl('libraryStrip', item.id)}
            alt=""
            draggable={false}
            style={{ width: box.widthPx * stripPictures, height: box.heightPx }}
            onLoad={() => {
              setIsThere(true);
              show();
            }}
            onError={() => setHasNoStrip(true)}
          />
        )}
      </span>
      <span ref={line} className={classes.scrubLine} />
    </span>
  );
}
