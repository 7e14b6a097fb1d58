/** The character image, as large as the space allows, with what of it is used. */

import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCrop, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import type { Asset, ImageFacts } from '../../../shared/contract/media.ts';
import { shownText } from '../../../shared/words/shownText.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { imageUrl } from '../../components/imageUrl.ts';
import { SourceNote } from '../../components/Relink.tsx';
import { useCropping } from '../../crop/useCropping.tsx';
import { formatBytes } from '../../format/units.ts';
import { useDraft, useDraftDispatch } from '../../state/order/draftStore.ts';
import { hasMetadata } from '../../state/order/imageEdit.ts';
import { useImageAsset } from '../../state/trim/useClip.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Create.module.css';
import { BackgroundField, MetadataField, PadField } from './FillFields.tsx';
import { SlotPanel } from './SlotPanel.tsx';

export function CharacterPanel() {
  const { t } = useTexts();
  const { imageId } = useDraft();
  const dispatch = useDraftDispatch();
  const { data, error } = useImageAsset();
  const [isCropping, setIsCropping] = useState(false);
  const asset = imageId !== null && data?.id === imageId ? data : null;
  const failure = imageId !== null && error ? <ErrorNote error={error} /> : null;
  return (
    <SlotPanel
      slot="image"
      icon={<IconUser size={44} stroke={1.2} />}
      fileName={asset ? shownText(asset.name) : null}
      onRemove={() => dispatch({ type: 'setImage', imageId: null })}
      tools={
        asset ? (
          <Tooltip label={t('create.crop.image')}>
            <ActionIcon
              aria-label={t('create.crop.image')}
              aria-pressed={isCropping}
              color={isCropping ? 'accent' : 'gray'}
              variant={isCropping ? 'light' : 'subtle'}
              onClick={() => setIsCropping(!isCropping)}
            >
              <IconCrop size={16} />
            </ActionIcon>
          </Tooltip>
        ) : null
      }
    >
      {asset?.facts.kind === 'image' ? (
        <Picture asset={asset} facts={asset.facts} isCropping={isCropping} onDone={() => setIsCropping(false)} />
      ) : (
        failure
      )}
    </SlotPanel>
  );
}

interface PictureProps {
  asset: Asset;
  facts: ImageFacts;
  isCropping: boolean;
  onDone: () => void;
}

function Picture({ asset, facts, isCropping, onDone }: PictureProps) {
  const { t, language } = useTexts();
  const { imageEdit } = useDraft();
  const dispatch = useDraftDispatch();
  const cropping = useCropping({
    picture: facts,
    crop: imageEdit?.crop ?? null,
    isOpen: isCropping,
    onChange: (crop, edit) => {
      const { crop: _, ...rest } = imageEdit ?? {};
      dispatch({ type: 'editImage', imageEdit: { ...rest, ...(crop ? { crop } : {}) }, edit });
    },
    onDone,
  });
  return (
    <>
      <SourceNote asset={asset} />
      <div className={classes.picture} data-cropping={isCropping}>
        <img src={imageUrl(asset.id, facts)} alt={t('create.character.alt', { name: asset.name })} />
        {cropping.overlay}
      </div>
      {cropping.bar}
      <div className={`${classes.facts} tabular`}>
        {t('create.facts.image', {
          width: facts.width,
          height: facts.height,
          format: facts.format.toUpperCase(),
          size: formatBytes(facts.sizeBytes, language),
        })}
      </div>
      <PadField facts={facts} />
      {(facts.inside?.isTransparent ?? facts.hasAlpha) ? <BackgroundField /> : null}
      {hasMetadata(facts) ? <MetadataField /> : null}
    </>
  );
}
