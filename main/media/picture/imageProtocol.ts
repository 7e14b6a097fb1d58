/** What the app and its image worker say to each other: one JSON document a line. */
import { z } from 'zod';
import { cropSchema, imageFactsSchema, padSchema } from '../../../shared/contract/media.ts';

export const imageRequestSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('facts'), id: z.number(), path: z.string(), sizeBytes: z.number() }),
  z.object({
    op: z.literal('convert'),
    id: z.number(),
    path: z.string(),
    output: z.string(),
    width: z.number().int(),
    height: z.number().int(),
    /** Of the picture itself: less than the sides of the file where it is padded. */
    pictureWidth: z.number().int(),
    pictureHeight: z.number().int(),
    crop: cropSchema.optional(),
    pad: padSchema.optional(),
    /** A colour, or `transparent`; absent: white. */
    background: z.string().optional(),
    keepMetadata: z.boolean().optional(),
    format: z.enum(['jpeg', 'png']),
    maxBytes: z.number(),
  }),
  /** The same pixels without what is private. */
  z.object({
    op: z.literal('clean'),
    id: z.number(),
    path: z.string(),
    output: z.string(),
    keepMetadata: z.boolean().optional(),
  }),
  z.object({ op: z.literal('poster'), id: z.number(), path: z.string(), output: z.string(), maxPx: z.number().int() }),
]);
export type ImageRequest = z.infer<typeof imageRequestSchema>;

export const imageAnswerSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    id: z.number(),
    facts: imageFactsSchema.optional(),
    /** What was written: PNG may become JPEG to stay small enough. */
    format: z.enum(['jpeg', 'png']).optional(),
  }),
  z.object({
    ok: z.literal(false),
    id: z.number(),
    /** format: known by name and not read · damaged: it breaks off · tooLarge: over the pixel limit · tooComplex: drawn for too long · noSpace · failed */
    problem: z.enum(['format', 'damaged', 'tooLarge', 'tooComplex', 'noSpace', 'failed']),
    detail: z.string(),
  }),
]);
export type ImageAnswer = z.infer<typeof imageAnswerSchema>;
export type ImageProblem = Extract<ImageAnswer, { ok: false }>['problem'];
