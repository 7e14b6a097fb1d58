/** The character image, as large as the space allows. */
import { IconUser } from '@tabler/icons-react';
import type { Asset } from '../../../shared/contract/media.ts';
import { mediaUrl } from '../../../shared/mediaUrl.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { formatBytes } from '../../format/units.ts';
import { useTexts } from '../../i18n.ts';
import { useDraft, useDraftDispatch } from '../../state/draftStore.ts';
import classes from './Create.module.css';
import { SlotPanel } from './SlotPanel.tsx';
import { useImageAsset } from './useClip.ts';

/** What Chromium shows by itself; anything else is seen by its still. */
const shownFormats = ['jpeg', 'png', 'webp', 'gif', 'avif'];

export function CharacterPanel() {
  const { imageId } = useDraft();
  const dispatch = useDraftDispatch();
  const { data, error } = useImageAsset();
  const asset = imageId !== null && data?.id === imageId ? data : null;
  const failure = imageId !== null && error ? <ErrorNote error={error} /> : null;
  return (
    <SlotPanel
      slot="image"
      icon={<IconUser size={44} stroke={1.2} />}
      fileName={asset?.name ?? null}
      onRemove={() => dispatch({ type: 'setImage', imageId: null })}
    >
      {asset ? <Picture asset={asset} /> : failure}
    </SlotPanel>
  );
}

function Picture({ asset }: { asset: Asset }) {
  const { t, language } = useTexts();
  const { facts } = asset;
  if (facts.kind !== 'image') return null;
  const kind = shownFormats.includes(facts.format) ? 'asset' : 'poster';
  return (
    <>
      {asset.isPresent ? null : (
        <div className={classes.advice} role="alert">
          {t('create.character.missing')}
        </div>
      )}
      <div className={classes.picture}>
        <img src={mediaUrl(kind, asset.id)} alt={t('create.character.alt', { name: asset.name })} />
      </div>
      <div className={`${classes.facts} tabular`}>
        {t('create.facts.image', {
          width: facts.width,
          height: facts.height,
          format: facts.format.toUpperCase(),
          size: formatBytes(facts.sizeBytes, language),
        })}
      </div>
    </>
  );
}
