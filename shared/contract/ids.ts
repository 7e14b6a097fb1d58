/** The grammar and the longest forms of what callers name: ids are made by us or by the provider, and never hold a path. */
import { z } from 'zod';

/** Of assets, jobs, results and prepared takes: made here. No dot or slash can stand first, so none is a folder's name. */
export const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/);

/** Of orders: minted by the form, or by whoever scripts the command line. */
export const orderIdSchema = z.string().regex(/^[\x21-\x7e]{8,128}$/);

/** Of the provider's tasks and elements: its own to choose, within printable ASCII. */
export const providerIdSchema = z.string().regex(/^[\x21-\x7e]{1,200}$/);

/** The longest that a system takes (Linux: 4096 bytes). A NUL would end it in the middle. */
export const pathSchema = z
  .string()
  .min(1)
  .max(4096)
  .refine((path) => !path.includes('\0'), 'a path holds no NUL');

/** Where a caller may leave an id of the provider's empty. */
export const providerTextSchema = z.string().regex(/^[\x21-\x7e]{0,200}$/);

/** Wider than any rule of the provider's, which are answered in words: what is longer than this is no text of a person. */
export const textBounds = { name: 1000, prompt: 20_000, url: 8192 } as const;
