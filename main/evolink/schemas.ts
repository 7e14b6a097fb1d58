/** The provider's answers as schemas: strict on what is used, blind to what is not. */
import { z } from 'zod';
import { creditsToString, parseCredits } from '../../shared/pricing.ts';

/** What only informs may be missing or odd without spoiling the answer it comes in. */
const informal = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);

const amount = z.union([z.number(), z.string()]).transform((value, context) => {
  try {
    return creditsToString(parseCredits(value));
  } catch {
    context.addIssue({ code: 'custom', message: 'not an amount of credits' });
    return z.NEVER;
  }
});

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

const idText = z.union([z.string().min(1), z.number()]).transform(String);

const resultItem = z.looseObject({ video_url: z.string().nullish(), element_id: idText.nullish() });

export const taskSchema = z.looseObject({
  id: z.string().min(1),
  model: z.string().nullish(),
  status: z.string(),
  progress: informal(z.coerce.number()),
  created: informal(moment),
  created_at: informal(moment),
  completed_at: informal(moment),
  task_info: informal(z.looseObject({ estimated_time: informal(z.number()) })),
  usage: informal(
    z.looseObject({
      credits_reserved: informal(amount),
      credits_used: informal(amount),
      cost: informal(z.looseObject({ credits: informal(amount) })),
    }),
  ),
  billing: informal(z.looseObject({ charge_status: informal(z.string()), refund_status: informal(z.string()) })),
  results: z.array(z.union([z.string(), z.looseObject({ url: z.string() }).transform((item) => item.url)])).nullish(),
  result_data: z.union([resultItem, z.array(resultItem)]).nullish(),
  error: z.looseObject({ code: z.unknown(), message: z.unknown() }).nullish().catch(null),
});
export type TaskAnswer = z.infer<typeof taskSchema>;

/** Rows are read one by one, so that an odd one does not hide the others. */
export const batchSchema = z.looseObject({ data: z.array(z.unknown()) });
export const rowIdSchema = z.looseObject({ id: z.string().min(1) });

export const taskListSchema = z.looseObject({
  data: z.array(z.looseObject({ id: z.string().min(1), model: z.string(), status: z.string(), created_at: moment })),
});

export const creditsSchema = z.looseObject({
  success: z.literal(true).optional(),
  data: z.looseObject({ user: z.looseObject({ remaining_credits: amount, used_credits: amount }) }),
});

export const quotaSchema = z.looseObject({
  data: z.looseObject({ used_files: z.number(), max_files: z.number(), remain_files: z.number() }),
});

export const uploadSchema = z.looseObject({
  success: z.literal(true),
  data: z.looseObject({
    file_id: idText,
    file_url: z.url({ protocol: /^https?$/ }),
    expires_at: moment,
    file_size: z.number(),
  }),
});
