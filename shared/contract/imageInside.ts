/** What a look into an image's file found beside plain pixels. */
import { z } from 'zod';

/** What a picture's file may carry beside the picture that is shown. */
export const privateKinds = ['place', 'person', 'device', 'text', 'preview', 'second', 'trailing', 'profile'] as const;
export type PrivateKind = (typeof privateKinds)[number];

export const imageInsideSchema = z.object({
  /** The colours that the file says it is in, where they are not sRGB. */
  colorProfile: z.string().nullable(),
  /** hdr: light beyond white · unknown: a combination that nobody can read. */
  colorProblem: z.enum(['hdr', 'unknown']).nullable(),
  /** Not only an alpha channel: something shows through. */
  isTransparent: z.boolean(),
  /** Pictures that move; `pages` alone are those of a document. */
  isAnimated: z.boolean(),
  /** What would tell more than the picture does. */
  privateKinds: z.array(z.enum(privateKinds)),
  /** checksum · end · stray: mended without loss · rows: the last ones are missing · data: decoders disagree. */
  damage: z.enum(['checksum', 'end', 'stray', 'rows', 'data']).nullable(),
  /** Of the same pixels without what is private; null: the picture has to be written anew for that. */
  cleanBytes: z.number().nullable(),
  /** False: too large to be decoded here. */
  isDecoded: z.boolean(),
});
export type ImageInside = z.infer<typeof imageInsideSchema>;
