/** The pictures of a view: beside each other, or over each other in one place. A video stays the same element in every arrangement. */
import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { Picture } from '../../../../shared/media/crop.ts';
import type { Place } from '../../../state/trim/framing.ts';
import type { Group } from './group.ts';
import { captionPx, fitted, isSameShape, tilesFor } from './layout.ts';
import { SidePicture } from './SidePicture.tsx';
import classes from './Stage.module.css';
import type { Side } from './sides.ts';
import { WipeHandle } from './WipeHandle.tsx';

/** How two pictures are judged; `side`: all of them beside each other. */
export type StageMode = 'side' | 'flip' | 'wipe' | 'difference';

export interface Overlay {
  mode: Exclude<StageMode, 'side'>;
  /** Keys of the two sides; A lies below. */
  a: string;
  b: string;
  /** The one that is seen when flipping. */
  shown: string;
  /** Where the wipe stands, 0 to 1 from the left. */
  wipe: number;
  onWipe: (share: number) => void;
  /** Small differences are brought up to where an eye finds them. */
  isAmplified: boolean;
}

interface StageProps {
  sides: readonly Side[];
  group: Group;
  /** Whose sound is heard; null: none. */
  soundKey: string | null;
  overlay: Overlay | null;
  /** The line above a picture. */
  caption: (side: Side) => ReactNode;
  onRetry: () => void;
}

export function Stage({ sides, group, soundKey, overlay, caption, onRetry }: StageProps) {
  const { ref, width, height } = useElementSize();
  const room = { width, height };
  const tiles = tilesFor(
    room,
    sides.map(({ part }) => part),
  );
  const below = overlay && sides.find(({ key }) => key === overlay.a);
  return (
    <div
      ref={ref}
      className={classes.stage}
      data-testid="stage"
      data-mode={overlay?.mode ?? 'side'}
      data-amplified={overlay?.mode === 'difference' && overlay.isAmplified}
    >
      {sides.map((side, index) => {
        const place = overlay ? { left: 0, top: 0, ...room } : (tiles[index] ?? { left: 0, top: 0, ...room });
        return (
          <figure
            key={side.key}
            className={classes.side}
            style={overlay ? { ...place, ...overlaid(side, overlay, boxIn(room, below ?? side)) } : place}
            data-side={side.key}
            aria-hidden={overlay !== null && !isSeen(side, overlay)}
          >
            {overlay ? null : (
              <figcaption className={classes.caption} style={captionOver(place, side)}>
                {caption(side)}
              </figcaption>
            )}
            <SidePicture
              side={side}
              group={group}
              isMuted={soundKey !== side.key}
              box={overlay ? boxOver(room, side, below ?? side) : boxUnder(place, side)}
              isStretched={
                overlay !== null && below !== null && below !== undefined && isSameShape(side.part, below.part)
              }
              onRetry={onRetry}
            />
          </figure>
        );
      })}
      {overlay?.mode === 'wipe' && below ? (
        <WipeHandle box={boxIn(room, below)} share={overlay.wipe} onMove={overlay.onWipe} />
      ) : null}
    </div>
  );
}

const boxIn = (room: Picture, { part }: Side) => fitted(room, part);

/** Below the caption of its tile. */
function boxUnder(tile: Place, side: Side): Place {
  const box = fitted({ width: tile.width, height: Math.max(0, tile.height - captionPx) }, side.part);
  // At the top, so that captions and pictures stand together.
  return { ...box, top: 0 };
}

/** One shape lies exactly over the other; another shape as large as it fits. */
function boxOver(room: Picture, side: Side, below: Side): Place {
  return fitted(room, isSameShape(side.part, below.part) ? below.part : side.part);
}

function isSeen({ key }: Side, { mode, a, b, shown }: Overlay): boolean {
  return mode === 'flip' ? key === shown : key === a || key === b;
}

function overlaid(side: Side, overlay: Overlay, box: Place): React.CSSProperties {
  const { mode, a, b, wipe } = overlay;
  if (!isSeen(side, overlay)) {
    // When flipping it goes on underneath, so that it is there at once.
    return mode === 'flip' ? { zIndex: 0 } : { visibility: 'hidden' };
  }
  if (mode === 'flip') return { zIndex: 1 };
  if (side.key === a || side.key !== b) return { zIndex: 0 };
  if (mode === 'difference') return { zIndex: 1, mixBlendMode: 'difference' };
  return { zIndex: 1, clipPath: `inset(0 0 0 ${box.left + box.width * wipe}px)` };
}

/** A caption is read with the picture under it, however narrow that is. */
const leastCaptionPx = 260;

function captionOver(tile: Place, side: Side): React.CSSProperties {
  const width = Math.min(tile.width, Math.max(leastCaptionPx, boxUnder(tile, side).width));
  return { width, marginLeft: (tile.width - width) / 2 };
}
