/** The address at which Chromium shows an image: itself, or its still where the format is none of Chromium's or the picture moves. */
import type { ImageFacts } from '../../shared/contract/media.ts';
import { mediaUrl } from '../../shared/media/mediaUrl.ts';

const shownFormats = ['jpeg', 'png', 'webp', 'gif', 'avif'];

export function imageUrl(id: string, { format, inside }: ImageFacts): string {
  const isShown = shownFormats.includes(format) && !inside?.isAnimated && inside?.isDecoded !== false;
  return mediaUrl(isShown ? 'asset' : 'poster', id);
}
