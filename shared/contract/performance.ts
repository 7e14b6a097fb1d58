/** Performances that are longer than one order may be: how they are split, and how far their parts are. */
import { z } from 'zod';
import { errorCodes } from '../errors.ts';
import { idSchema } from './ids.ts';
import { motionRecipeSchema } from './jobs.ts';
import { creditRangeSchema } from './media.ts';

export const performancePlanSchema = z.object({
  parts: z.array(
    z.object({
      /** With its `part`: what is ordered. */
      recipe: motionRecipeSchema,
      fromSeconds: z.number(),
      seconds: z.number(),
      price: creditRangeSchema,
      /** 0..1 where it begins; null: nobody has looked, or it is the first. */
      motion: z.number().nullable(),
    }),
  ),
  /** All parts together. */
  price: creditRangeSchema,
  /** The clip was looked through for quiet moments; until then seams lie on whole seconds alone. */
  isScanned: z.boolean(),
});
export type PerformancePlan = z.infer<typeof performancePlanSchema>;

export const performanceViewSchema = z.object({
  id: z.string(),
  count: z.number().int(),
  completedCount: z.number().int(),
  /** By number: the one that came home, else the newest. */
  jobIds: z.array(z.string()),
  /** incomplete: a part failed or was cancelled, and can be ordered again alone · waiting: joining met what `trouble` says, and is tried again. */
  state: z.enum(['rendering', 'incomplete', 'joining', 'waiting', 'joined']),
  /** The joined result; null: not there. */
  itemId: z.string().nullable(),
  /** Why it waits: the error's code, and the file that is missing. */
  trouble: z.object({ code: z.enum(errorCodes), name: z.string().nullable() }).nullable(),
});
export type PerformanceView = z.infer<typeof performanceViewSchema>;

export const performanceCommands = {
  /** Null: the stretch fits into one order, or cannot be split. Throws refused with what is wrong besides. `isPatient`: waits for the look through the clip. */
  'performance.plan': {
    input: z.object({
      performanceId: idSchema,
      recipe: motionRecipeSchema.omit({ part: true }),
      isPatient: z.boolean().default(false),
    }),
    output: performancePlanSchema.nullable(),
  },
  'performances.list': { input: z.object({}), output: z.array(performanceViewSchema) },
  /** What could not be joined is tried again now. */
  'performances.join': { input: z.object({}), output: z.array(performanceViewSchema) },
} as const;

export const performanceEvents = {
  'performances.changed': z.object({}),
} as const;
