/** Files dragged anywhere over the window meet two named targets; pasted files are sorted by kind. */
import { IconHistory, IconMovie, IconUser } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { carriesResults, draggedResults, outgoingResults } from '../state/library/dragResults.ts';
import { useIntake } from '../state/order/intake.ts';
import { notifyError } from '../state/shell/notify.tsx';
import { useTexts } from '../text/i18n.ts';
import classes from './Shell.module.css';

/** `order`: what was dropped tells of an order, which is to be made again. */
type Target = 'video' | 'image' | 'order';

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
const isMeant = (event: DragEvent) => carriesFiles(event) || carriesResults(event.dataTransfer);

/** The place under the pointer that says `data-drop`: a target of the overlay or a zone of the Create screen. */
function targetUnder(event: DragEvent): Target | null {
  const zone = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-drop]') : null;
  const name = zone?.dataset.drop;
  return name === 'video' || name === 'image' || name === 'order' ? name : null;
}

export function DropOverlay() {
  const { t } = useTexts();
  const { isOver, target } = useWindowDrop();
  usePaste();
  if (!isOver) return null;
  const targets = [
    { name: 'video', Icon: IconMovie, title: t('app.drop.video'), hint: t('app.drop.videoHint') },
    { name: 'image', Icon: IconUser, title: t('app.drop.image'), hint: t('app.drop.imageHint') },
    { name: 'order', Icon: IconHistory, title: t('app.drop.order'), hint: t('app.drop.orderHint') },
  ] as const;
  return (
    <section className={classes.overlay} aria-label={t('app.drop.title')}>
      {targets.map(({ name, Icon, title, hint }) => (
        <div
          key={name}
          className={classes.target}
          data-drop={name}
          data-testid={`overlay-drop-${name}`}
          data-over={target === name}
        >
          <Icon size={name === 'order' ? 22 : 40} stroke={1.4} aria-hidden="true" />
          <span className={classes.targetTitle}>{title}</span>
          <span>{hint}</span>
        </div>
      ))}
      <div className={classes.overlayHint}>{t('app.drop.both')}</div>
    </section>
  );
}

/** Results, or files that tell of an order, are dealt with by code that is fetched when they come. */
function useDropped(): (transfer: DataTransfer | null, target: Target | null) => void {
  const { receive, acceptAll } = useIntake();
  return (transfer, target) => {
    const files = [...(transfer?.files ?? [])];
    const own = draggedResults(transfer);
    const ids = own.length > 0 ? own : files.length > 0 ? outgoingResults() : [];
    const tellsOfOrder = target === 'order' || files.some(({ name }) => name.endsWith('.restage.json'));
    if (ids.length === 0 && !tellsOfOrder) {
      void receive(files, target);
      return;
    }
    import('../state/library/droppedResults.ts')
      .then(({ takeDropped }) => takeDropped({ ids, files, target, receive, acceptAll }))
      .catch((error: unknown) => notifyError(error));
  };
}

function useWindowDrop(): { isOver: boolean; target: Target | null } {
  const take = useDropped();
  const takeNow = useRef(take);
  takeNow.current = take;
  const [over, setOver] = useState<{ isOver: boolean; target: Target | null }>({ isOver: false, target: null });

  useEffect(() => {
    const hide = () => setOver({ isOver: false, target: null });
    const onOver = (event: DragEvent) => {
      if (!isMeant(event)) return;
      event.preventDefault();
      const target = targetUnder(event);
      setOver((was) => (was.isOver && was.target === target ? was : { isOver: true, target }));
    };
    const onLeave = (event: DragEvent) => {
      // None: the pointer left the window, not merely one element for the next.
      if (!event.relatedTarget) hide();
    };
    const onDrop = (event: DragEvent) => {
      if (!isMeant(event)) return;
      event.preventDefault();
      hide();
      takeNow.current(event.dataTransfer, targetUnder(event));
    };
    const listeners = { dragenter: onOver, dragover: onOver, dragleave: onLeave, drop: onDrop, dragend: hide } as const;
    const names = Object.keys(listeners) as (keyof typeof listeners)[];
    for (const name of names) window.addEventListener(name, listeners[name]);
    return () => {
      for (const name of names) window.removeEventListener(name, listeners[name]);
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
