/** The chosen character as it would be sent, for standing beside the performer; null while there is none. */
import { imageUrl } from '../../components/imageUrl.ts';
import type { FramedImage } from '../../framing/FramingLayer.tsx';
import { useDraft } from '../../state/order/draftStore.ts';
import { useImageAsset } from '../../state/trim/useClip.ts';
import { useTexts } from '../../text/i18n.ts';

export function useFramedImage(): FramedImage | null {
  const { t } = useTexts();
  const { imageId, imageEdit } = useDraft();
  const asset = useImageAsset().data;
  if (imageId === null || asset?.id !== imageId || asset.facts.kind !== 'image') return null;
  const { width, height } = asset.facts;
  return {
    url: imageUrl(asset.id, asset.facts),
    alt: t('create.character.alt', { name: asset.name }),
    picture: { width, height },
    part: imageEdit?.crop ?? { x: 0, y: 0, width, height },
  };
}
