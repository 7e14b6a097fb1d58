/** What a round of judging came to: picked, rejected, left; and the rejected into the trash, with the way back. */
import { Button, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { mediaUrl } from '../../../../shared/media/mediaUrl.ts';
import { Poster } from '../../../components/Poster.tsx';
import { useDialogKeys } from '../../../keys/useKeys.ts';
import { useTexts } from '../../../text/i18n.ts';
import { useLibraryEdits } from '../useLibraryEdits.tsx';
import classes from './Cull.module.css';
import type { Culling } from './useCull.ts';

interface CullSummaryProps {
  culling: Culling;
  onClose: () => void;
}

export function CullSummary({ culling, onClose }: CullSummaryProps) {
  const { t } = useTexts();
  const { ids, flags } = culling.cull;
  const { trashAll } = useLibraryEdits();
  const [isTrashing, setIsTrashing] = useState(false);
  /** How what was thrown away comes back; null: nothing was. */
  const [putBack, setPutBack] = useState<(() => Promise<boolean>) | null>(null);
  const picked = ids.filter((id) => flags[id] === 'pick');
  const rejected = ids.filter((id) => flags[id] === 'reject');
  const left = ids.length - picked.length - rejected.length;
  const run = async (work: () => Promise<void>) => {
    setIsTrashing(true);
    await work();
    setIsTrashing(false);
  };
  const trash = () =>
    run(async () => {
      const back = await trashAll(rejected);
      setPutBack(() => back);
    });
  const undo = () =>
    run(async () => {
      if (await putBack?.()) setPutBack(null);
    });
  useDialogKeys({
    previousResult: () => culling.step(-1),
    previousVersion: () => culling.step(-1),
    undo: () => {
      if (putBack) void undo();
      else culling.takeBack();
    },
  });
  return (
    <div className={classes.summary} data-testid="cull-summary">
      <Title order={2}>{t('viewer.cull.done', { count: ids.length })}</Title>
      <Pile title={t('viewer.cull.picked', { count: picked.length })} ids={picked} />
      <Pile title={t('viewer.cull.rejected', { count: rejected.length })} ids={putBack ? [] : rejected} />
      {left > 0 ? <p className={classes.left}>{t('viewer.cull.left', { count: left })}</p> : null}
      {putBack ? (
        <p className={classes.left} role="status">
          {t('viewer.cull.trashed', { count: rejected.length })}
        </p>
      ) : null}
      <div className={classes.end}>
        <Button onClick={onClose}>{t('viewer.cull.close')}</Button>
        {rejected.length > 0 && !putBack ? (
          <Button
            variant="default"
            leftSection={<IconTrash size={14} />}
            loading={isTrashing}
            onClick={() => void trash()}
          >
            {t('viewer.cull.trash', { count: rejected.length })}
          </Button>
        ) : null}
        {putBack ? (
          <Button variant="default" loading={isTrashing} onClick={() => void undo()}>
            {t('keys.command.undo')}
          </Button>
        ) : null}
        <Button variant="subtle" color="gray" disabled={putBack !== null} onClick={() => culling.step(-1)}>
          {t('viewer.cull.back')}
        </Button>
      </div>
    </div>
  );
}

/** As many stills as a row holds say what is meant. */
const mostStills = 24;

function Pile({ title, ids }: { title: string; ids: readonly string[] }) {
  return (
    <section className={classes.pile} aria-label={title}>
      <h3 className={classes.pileTitle}>{title}</h3>
      {ids.length > 0 ? (
        <div className={classes.stills}>
          {ids.slice(0, mostStills).map((id) => (
            <span key={id} className={classes.still}>
              <Poster src={mediaUrl('libraryPoster', id)} />
            </span>
          ))}
        </div>
      ) : null}
    </section>
  );
}
