/** The address at which Chromium shows an image: itself, or its still where the format is none of Chromium's. */
import type { ImageFacts } from '../../shared/contract/media.ts';
import { mediaUrl } from '../../shared/mediaUrl.ts';

const shownFormats = ['jpeg', 'png', 'webp', 'gif', 'avif'];

export function imageUrl(id: string, { format }: ImageFacts): string {
  return mediaUrl(shownFormats.includes(format) ? 'asset' : 'poster', id);
}
