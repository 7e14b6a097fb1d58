/** The provider's answers as schemas: strict about what nobody can do without, and one odd field never spoils the others. */
import { z } from 'zod';
import { creditsToString, parseCredits } from '../../shared/money/pricing.ts';

/** What only informs may be missing or odd without spoiling the answer it comes in. */
const informal = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);

/** Longer texts are no ids, statuses or codes. */
const SHORT_TEXT = 200;

const amount = z.union([z.number(), z.string()]).transform((value, context) => {
  try {
    return creditsToString(parseCredits(value));
  } catch {
    context.addIssue({ code: 'custom', message: 'not an amount of credits' });
    return z.NEVER;
  }
});

const count = z.coerce.number().int().min(0);

/** Unix seconds (or milliseconds), or a date text; without a zone it is UTC. Answers ISO. */
const moment = z.union([z.number(), z.string()]).transform((value, context) => {
  const ms = typeof value === 'number' || /^\d+$/.test(value) ? fromUnix(Number(value)) : fromText(String(value));
  if (Number.isFinite(ms) && Math.abs(ms) < 8.64e15) return new Date(ms).toISOString();
  context.addIssue({ code: 'custom', message: 'not a time' });
  return z.NEVER;
});

const fromUnix = (value: number) => (value > 1e11 ? value : value * 1000);
const fromText = (text: string) =>
  Date.parse(/(z|[+-]\d\d:?\d\d)$/i.test(text) || !/\d:\d/.test(text) ? text : `${text.replace(' ', 'T')}Z`);

/** An id is one word that can stand in an address. A number that a float cannot hold is another number: nobody's id. */
export const idText = z
  .union([z.string(), z.number().refine(Number.isSafeInteger)])
  .transform((value) => String(value).trim())
  .refine((id) => id.length <= SHORT_TEXT && /^[\p{L}\p{N}][\p{L}\p{N}._:~-]*$/u.test(id), 'not an id');

const shortText = z.union([z.string(), z.number()]).transform((value) => String(value).trim().slice(0, SHORT_TEXT));
/** A server's words, bounded: they are stored, logged and shown. */
const words = z.union([z.string(), z.number()]).transform((value) => String(value).slice(0, 2000));

const errorWords = z.union([
  words.transform((message) => ({ code: null, message })),
  z.looseObject({ code: informal(shortText), message: informal(words), msg: informal(words) }),
]);

export const taskSchema = z.looseObject({
  id: idText,
  model: informal(shortText),
  status: informal(shortText),
  progress: informal(z.coerce.number()),
  created: informal(moment),
  created_at: informal(moment),
  completed_at: informal(moment),
  task_info: informal(
    z.looseObject({
      estimated_time: informal(z.coerce.number().positive()),
      video_duration: informal(z.coerce.number().positive()),
    }),
  ),
  usage: informal(
    z.looseObject({
      credits_reserved: informal(amount),
      credits_used: informal(amount),
      cost: informal(z.looseObject({ credits: informal(amount) })),
    }),
  ),
  billing: informal(z.looseObject({ charge_status: informal(shortText), refund_status: informal(shortText) })),
  /** Read by resultsOf.ts, whatever their shape. */
  results: z.unknown().optional(),
  result_data: z.unknown().optional(),
  error: informal(errorWords),
});
export type TaskAnswer = z.infer<typeof taskSchema>;

/** The rows of a list, wherever an answer keeps them; null: this is no list. */
export function rowsOf(answer: unknown): unknown[] | null {
  for (const candidate of [
    answer,
    inside(answer, 'data'),
    inside(answer, 'tasks'),
    inside(inside(answer, 'data'), 'tasks'),
  ]) {
    if (Array.isArray(candidate)) return candidate;
  }
  return null;
}

/** A task, also one that comes wrapped in `data`. */
export function taskOf(answer: unknown): unknown {
  const data = inside(answer, 'data');
  const isWrapped = inside(answer, 'id') === undefined && inside(data, 'id') !== undefined;
  return isWrapped ? data : answer;
}

const inside = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)[name]
    : undefined;

export const rowIdSchema = z.looseObject({ id: idText });

/** Rows are read one by one, so that an odd one does not hide the others. */
export const taskRowSchema = z.looseObject({
  id: idText,
  model: informal(shortText),
  status: informal(shortText),
  created_at: informal(moment),
});

export const creditsSchema = z.looseObject({
  data: z.looseObject({ user: z.looseObject({ remaining_credits: amount, used_credits: informal(amount) }) }),
});

export const quotaSchema = z.looseObject({
  data: z
    .looseObject({ used_files: informal(count), max_files: informal(count), remain_files: informal(count) })
    .transform(({ used_files, max_files, remain_files }, context) => {
      const remaining = remain_files ?? (max_files != null && used_files != null ? max_files - used_files : null);
      if (remaining === null) {
        context.addIssue({ code: 'custom', message: 'no number of files that are left' });
        return z.NEVER;
      }
      return { used: used_files ?? null, max: max_files ?? null, remaining };
    }),
});

const webAddress = z.url({ protocol: /^https?$/ });
export const uploadSchema = z.looseObject({
  data: z
    .looseObject({
      file_id: idText,
      file_url: informal(webAddress),
      download_url: informal(webAddress),
      expires_at: informal(moment),
      file_size: informal(count),
    })
    .refine(({ file_url, download_url }) => file_url != null || download_url != null, 'no address of the file'),
});
