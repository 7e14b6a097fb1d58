/** What of one image is used and what fills the room around and behind it, from `--image-crop`, `--image-pad`, `--image-background`, `--keep-metadata`. */
import type { ImageEdit, ImageFacts } from '../../../shared/contract/media.ts';
import { imageEditSchema, padSchema } from '../../../shared/contract/media.ts';
import type { FlagSpec } from './commandSpec.ts';
import { resolveCrop } from './crop.ts';
import type { Flags } from './flags.ts';

export const imageEditFlags: readonly FlagSpec[] = [
  { name: 'image-crop', kind: 'crop', placeholder: 'C', help: 'imageCrop' },
  { name: 'image-pad', kind: 'pad', placeholder: 'blur|COLOUR', help: 'imagePad' },
  { name: 'image-background', kind: 'background', placeholder: 'COLOUR|transparent', help: 'imageBackground' },
  { name: 'keep-metadata', kind: 'switch' },
];

export const isPad = (text: string) => padSchema.safeParse(text).success;
export const isBackground = (text: string) => imageEditSchema.shape.background.safeParse(text).success;

/** Undefined: the image as it is. A crop that does not lie in it is the check's to refuse. */
export function imageEditOf(flags: Flags, facts: ImageFacts): ImageEdit | undefined {
  const crop = resolveCrop(facts, flags.one('image-crop'));
  const [pad, background] = [flags.one('image-pad'), flags.one('image-background')];
  const edit = imageEditSchema.parse({
    ...(crop === undefined ? {} : { crop }),
    ...(pad === undefined ? {} : { pad }),
    ...(background === undefined ? {} : { background }),
    ...(flags.has('keep-metadata') ? { keepMetadata: true } : {}),
  });
  return Object.keys(edit).length === 0 ? undefined : edit;
}
