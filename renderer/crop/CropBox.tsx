/** The crop box: dragged by its inside, edges and corners, moved and sized by arrow keys, spoken in pixels. */
import { type KeyboardEvent, type PointerEvent as ReactPointerEvent, useEffect, useRef } from 'react';
import type { Crop } from '../../shared/contract/media.ts';
import { type Picture, wholeBox } from '../../shared/media/crop.ts';
import { type Grip, moveBox, resizeBox, storedCrop } from '../state/trim/crop.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Crop.module.css';
import { PictureFrame } from './PictureFrame.tsx';
import { placeOf } from './place.ts';

export interface CropEdit {
  picture: Picture;
  /** Null: the whole picture. */
  crop: Crop | null;
  ratio: number | null;
  /** `edit` joins the steps of one gesture into one step of undo. */
  onChange(crop: Crop | null, edit: string): void;
}

const corners: readonly Grip[] = [
  { x: -1, y: -1 },
  { x: 1, y: -1 },
  { x: -1, y: 1 },
  { x: 1, y: 1 },
];
const edges = [
  { name: 'left', grip: { x: -1, y: 0 } },
  { name: 'right', grip: { x: 1, y: 0 } },
  { name: 'top', grip: { x: 0, y: -1 } },
  { name: 'bottom', grip: { x: 0, y: 1 } },
] as const;

export function CropBox({ onDone, ...edit }: CropEdit & { onDone: () => void }) {
  const { t } = useTexts();
  const { picture, crop } = edit;
  const box = crop ?? wholeBox(picture);
  const frame = useRef<HTMLDivElement>(null);
  const hold = useHold(edit, frame);
  // Opened by a key: the arrows move it at once.
  useEffect(() => frame.current?.focus({ preventScroll: true }), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === 'Escape') onDone();
    else if (!hold.onKey(event, { x: 0, y: 0 })) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <PictureFrame picture={picture}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is no box that is dragged */}
      <div
        ref={frame}
        className={classes.box}
        style={placeOf(picture, box)}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved by arrow keys
        tabIndex={0}
        aria-label={t('create.crop.box', { width: box.width, height: box.height, x: box.x, y: box.y })}
        data-testid="crop-box"
        onKeyDown={onKeyDown}
        {...hold.pointer({ x: 0, y: 0 })}
      >
        {edges.map(({ name, grip }) => (
          <Edge key={name} name={name} box={box} picture={picture} grip={grip} hold={hold} />
        ))}
        {corners.map((grip) => (
          <span
            key={`${grip.x} ${grip.y}`}
            className={classes.corner}
            data-grip={`${grip.y < 0 ? 'top' : 'bottom'}-${grip.x < 0 ? 'left' : 'right'}`}
            aria-hidden="true"
            {...hold.pointer(grip)}
          />
        ))}
      </div>
    </PictureFrame>
  );
}

type Hold = ReturnType<typeof useHold>;

interface EdgeProps {
  name: 'left' | 'right' | 'top' | 'bottom';
  box: Crop;
  picture: Picture;
  grip: Grip;
  hold: Hold;
}

function Edge({ name, box, picture, grip, hold }: EdgeProps) {
  const { t } = useTexts();
  const value = { left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height }[name];
  return (
    <span
      className={classes.edge}
      data-grip={name}
      role="slider"
      tabIndex={0}
      aria-label={t(`create.crop.${name}`)}
      aria-orientation={grip.x === 0 ? 'vertical' : 'horizontal'}
      aria-valuemin={0}
      aria-valuemax={grip.x === 0 ? picture.height : picture.width}
      aria-valuenow={value}
      onKeyDown={(event) => {
        if (!hold.onKey(event, grip)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
      {...hold.pointer(grip)}
    />
  );
}

/** Grip {0, 0} is the box as a whole. */
function useHold({ picture, crop, ratio, onChange }: CropEdit, frame: React.RefObject<HTMLDivElement | null>) {
  const box = crop ?? wholeBox(picture);
  const held = useRef<{ x: number; y: number; box: Crop; pixelsPerPx: number; edit: string } | null>(null);

  const change = (from: Crop, grip: Grip, by: { x: number; y: number }, edit: string) => {
    const isMove = grip.x === 0 && grip.y === 0;
    const next = isMove ? moveBox(picture, from, by) : resizeBox(picture, from, { grip, by, ratio });
    onChange(storedCrop(picture, next), edit);
  };

  const onKey = (event: KeyboardEvent, grip: Grip): boolean => {
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return false;
    const step = event.shiftKey ? 20 : 2;
    const [x = 0, y = 0] = direction;
    change(box, grip, { x: x * step, y: y * step }, `crop-key-${grip.x}-${grip.y}`);
    return true;
  };

  const pointer = (grip: Grip) => ({
    onPointerDown: (event: ReactPointerEvent<HTMLElement>) => {
      const shown = frame.current?.parentElement?.getBoundingClientRect();
      if (event.button !== 0 || !shown || shown.width === 0) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      held.current = {
        x: event.clientX,
        y: event.clientY,
        box,
        pixelsPerPx: picture.width / shown.width,
        edit: `crop-${event.timeStamp}`,
      };
    },
    onPointerMove: (event: ReactPointerEvent<HTMLElement>) => {
      const start = held.current;
      if (!start) return;
      event.stopPropagation();
      const by = {
        x: (event.clientX - start.x) * start.pixelsPerPx,
        y: (event.clientY - start.y) * start.pixelsPerPx,
      };
      change(start.box, grip, by, start.edit);
    },
    onPointerUp: () => {
      held.current = null;
    },
    onPointerCancel: () => {
      held.current = null;
    },
  });

  return { onKey, pointer };
}
