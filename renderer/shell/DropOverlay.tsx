/** Files dragged anywhere over the window meet two named targets; pasted files are sorted by kind. */
import { IconMovie, IconUser } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n.ts';
import { type Slot, useIntake } from '../state/order/intake.ts';
import classes from './Shell.module.css';

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** The place under the pointer that says `data-drop`: a target of the overlay or a zone of the Create screen. */
function slotUnder(event: DragEvent): Slot | null {
  const zone = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-drop]') : null;
  const name = zone?.dataset.drop;
  return name === 'video' || name === 'image' ? name : null;
}

export function DropOverlay() {
  const { t } = useTexts();
  const { isOver, slot } = useWindowDrop();
  usePaste();
  if (!isOver) return null;
  const targets = [
    { slot: 'video', Icon: IconMovie, title: t('app.drop.video'), hint: t('app.drop.videoHint') },
    { slot: 'image', Icon: IconUser, title: t('app.drop.image'), hint: t('app.drop.imageHint') },
  ] as const;
  return (
    <section className={classes.overlay} aria-label={t('app.drop.title')}>
      {targets.map(({ slot: name, Icon, title, hint }) => (
        <div
          key={name}
          className={classes.target}
          data-drop={name}
          data-testid={`overlay-drop-${name}`}
          data-over={slot === name}
        >
          <Icon size={40} stroke={1.4} aria-hidden="true" />
          <span className={classes.targetTitle}>{title}</span>
          <span>{hint}</span>
        </div>
      ))}
      <div className={classes.overlayHint}>{t('app.drop.both')}</div>
    </section>
  );
}

function useWindowDrop(): { isOver: boolean; slot: Slot | null } {
  const { receive } = useIntake();
  const handleFiles = useRef(receive);
  handleFiles.current = receive;
  const [over, setOver] = useState<{ isOver: boolean; slot: Slot | null }>({ isOver: false, slot: null });

  useEffect(() => {
    const hide = () => setOver({ isOver: false, slot: null });
    const onOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      const slot = slotUnder(event);
      setOver((was) => (was.isOver && was.slot === slot ? was : { isOver: true, slot }));
    };
    const onLeave = (event: DragEvent) => {
      // None: the pointer left the window, not merely one element for the next.
      if (!event.relatedTarget) hide();
    };
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      hide();
      void handleFiles.current([...(event.dataTransfer?.files ?? [])], slotUnder(event));
    };
    window.addEventListener('dragenter', onOver);
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onOver);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return over;
}

function usePaste(): void {
  const { receive } = useIntake();
  const handleFiles = useRef(receive);
  handleFiles.current = receive;
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      void handleFiles.current(files);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, []);
}
