/** Orders and jobs as the page and the CLI see them. */
import { z } from 'zod';
import { jobStates, waitingReasons } from '../jobs/jobStates.ts';
import { creditsDoubts } from '../money/creditsDoubt.ts';
import { idSchema, orderIdSchema, providerIdSchema, providerTextSchema, textBounds } from './ids.ts';
import {
  creditRangeSchema,
  cropSchema,
  imageEditSchema,
  orientationSchema,
  padSchema,
  preparePlanSchema,
  presetSchema,
  qualitySchema,
  soundTrackSchema,
  trimSchema,
} from './media.ts';

/** Longer than one order may be: so many back-to-back parts of one stretch, joined when all are there. */
export const mostParts = 40;
export const partSchema = z.object({
  /** What all parts of the performance share. */
  performanceId: idSchema,
  /** From 1 on. */
  number: z.number().int().min(1).max(mostParts),
  count: z.number().int().min(2).max(mostParts),
  /** The stretch that they make up together, in the unit of `trim`. */
  whole: trimSchema,
});
export type PerformancePart = z.infer<typeof partSchema>;

export const motionRecipeSchema = z.object({
  kind: z.literal('motion'),
  videoId: idSchema,
  imageId: idSchema,
  trim: trimSchema.optional(),
  crop: cropSchema.optional(),
  pad: padSchema.optional(),
  soundTrack: soundTrackSchema.optional(),
  imageEdit: imageEditSchema.optional(),
  orientation: orientationSchema,
  quality: qualitySchema,
  preset: presetSchema.default('fast'),
  keepSound: z.boolean().default(true),
  prompt: z.string().max(textBounds.prompt).default(''),
  elementId: providerTextSchema.optional(),
  watermark: z.boolean().default(false),
  callbackUrl: z.string().max(textBounds.url).optional(),
  project: z.string().max(textBounds.name).optional(),
  part: partSchema.optional(),
});
export const elementRecipeSchema = z.object({
  kind: z.literal('element'),
  videoId: idSchema,
  trim: trimSchema.optional(),
  crop: cropSchema.optional(),
  pad: padSchema.optional(),
  name: z.string().max(textBounds.name),
  description: z.string().max(textBounds.name),
  preset: presetSchema.default('fast'),
  callbackUrl: z.string().max(textBounds.url).optional(),
});
export const recipeSchema = z.discriminatedUnion('kind', [motionRecipeSchema, elementRecipeSchema]);
export type MotionRecipe = z.infer<typeof motionRecipeSchema>;
export type ElementRecipe = z.infer<typeof elementRecipeSchema>;
export type Recipe = z.infer<typeof recipeSchema>;

export const creditsDoubtSchema = z.object({ kind: z.enum(creditsDoubts), raw: z.string() });
export const chargeSchema = z.object({
  /** none: nothing sent · hold: reserved by the server · charged · released · unknown. */
  state: z.enum(['none', 'hold', 'charged', 'released', 'unknown']),
  credits: z.string().nullable(),
  /** The server named an amount that such an order cannot cost: kept as it came, and nothing is counted by it. */
  doubt: creditsDoubtSchema.nullish(),
});

export const jobSchema = z.object({
  id: z.string(),
  /** Minted by the form or `--order NAME` + cell: the same orderId is the same job. */
  orderId: z.string(),
  orderName: z.string().nullable(),
  state: z.enum(jobStates),
  waitingFor: z.enum(waitingReasons).nullable(),
  /** ISO time of the next try on its own, where there is one. */
  nextTryAt: z.string().nullable(),
  isHidden: z.boolean(),
  /** Paused by itself; a job also waits for `paused` while the whole queue is held. */
  isPaused: z.boolean(),
  /** Ordered while the balance was unknown: asked about once more, together with all others, before anything is paid. */
  isConsentOpen: z.boolean(),
  /** Of the jobs that have not been sent, the lower ones go first. */
  queuePosition: z.number().int(),
  accountId: z.string(),
  isSandbox: z.boolean(),
  recipe: recipeSchema,
  videoName: z.string(),
  imageName: z.string().nullable(),
  plan: preparePlanSchema.nullable(),
  estimate: creditRangeSchema,
  charge: chargeSchema,
  /** 0..1 of the current stage; null: unknown. */
  stageProgress: z.number().nullable(),
  /** Seconds to be expected from submission on: what own history says, else the server; null: nobody knows. */
  estimatedSeconds: z.number().nullable(),
  /** How long the server says that the reference is; null: not said. */
  serverVideoSeconds: z.number().nullish(),
  createdAt: z.string(),
  updatedAt: z.string(),
  submittedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  taskId: z.string().nullable(),
  /** While a paid result waits to be fetched: when its link dies. */
  linkExpiresAt: z.string().nullable(),
  /** While it waits for `disk`: what has to fit, and what there was. */
  space: z.object({ neededBytes: z.number(), freeBytes: z.number().nullable() }).nullable(),
  prepared: z.object({ sha256: z.string(), sizeBytes: z.number() }).nullable(),
  uploads: z.object({ video: z.string().nullable(), image: z.string().nullable() }),
  resultItemId: z.string().nullable(),
  resultElementId: z.string().nullable(),
  /** Absolute; for the CLI and "copy path". */
  file: z.string().nullable(),
  sidecar: z.string().nullable(),
  /** Why it failed or waits: the server's code and words, or ours. */
  problem: z
    .object({ code: z.string(), message: z.string(), mayRetry: z.boolean(), field: z.string().nullable() })
    .nullable(),
  retryOf: z.string().nullable(),
});
export type Job = z.infer<typeof jobSchema>;

/** Tasks of the server's list that no job has claimed and that may be the one whose answer was lost. */
export const outcomeCandidateSchema = z.object({
  taskId: z.string(),
  model: z.string(),
  status: z.string(),
  /** ISO time; empty: not known. */
  createdAt: z.string(),
});

/** none · all: nothing that has not been sent goes on · afterCurrent: only `currentIds` still do. */
export const queueSchema = z.object({
  hold: z.enum(['none', 'all', 'afterCurrent']),
  /** With `afterCurrent`: the jobs that are still let through. */
  currentIds: z.array(z.string()),
});
export type QueueState = z.infer<typeof queueSchema>;
export const queueMoves = ['up', 'down', 'top'] as const;
export type QueueMove = (typeof queueMoves)[number];
const queueTargetSchema = z.union([z.enum(queueMoves), z.object({ before: z.string().nullable() })]);
/** A step, or the place of another job of the line, which then comes after it; before null: the end. */
export type QueueTarget = z.infer<typeof queueTargetSchema>;

const id = z.object({ id: idSchema });
export const jobsCommands = {
  /** Each cell is one order; an orderId that exists answers its job and orders nothing. Refuses whole when a cell is illegal. */
  'jobs.order': {
    input: z.object({
      cells: z
        .array(z.object({ orderId: orderIdSchema, recipe: recipeSchema }))
        .min(1)
        .max(400),
      orderName: z.string().max(textBounds.name).optional(),
      /** A person said yes to the price (always needed on a real account above zero). */
      isConfirmed: z.boolean().default(false),
      provider: z.enum(['sandbox', 'evolink']).optional(),
    }),
    output: z.array(jobSchema),
  },
  'jobs.list': { input: z.object({ includeHidden: z.boolean().default(true) }), output: z.array(jobSchema) },
  'jobs.get': { input: id, output: jobSchema },
  'jobs.log': { input: id, output: z.array(z.object({ at: z.string(), event: z.string(), detail: z.string() })) },
  /** Failed before the POST: the same job again. Failed by the server: a new job that names the old one. */
  'jobs.retry': {
    /** `isPaused`: the new job does not start by itself. */
    input: id.extend({ isPaused: z.boolean().optional() }),
    output: jobSchema,
  },
  'jobs.cancel': { input: id, output: jobSchema },
  'jobs.hide': { input: id.extend({ isHidden: z.boolean().default(true) }), output: jobSchema },
  'jobs.pause': { input: id.extend({ isPaused: z.boolean() }), output: jobSchema },
  /** Changes the order of what has not been sent; answers the whole line in its new order. */
  'jobs.move': { input: id.extend({ to: queueTargetSchema }), output: z.array(jobSchema) },
  'queue.get': { input: z.object({}), output: queueSchema },
  /** Holds everything that has not been sent, now and after every restart; when it goes on, what was paused by itself stays so. */
  'queue.pauseAll': { input: z.object({ isPaused: z.boolean() }), output: queueSchema },
  /** The one that is on its way is still sent, or the first in line when none is; the rest is held. */
  'queue.stopAfterCurrent': { input: z.object({}), output: queueSchema },
  /** Lets a job that waits for `budget` cross the limit: a person's word, for this job only. */
  'jobs.approveBudget': { input: id, output: jobSchema },
  /** The one answer to everything that was ordered while the balance was unknown. Answers the jobs it was about. */
  'jobs.answerConsent': { input: z.object({ answer: z.enum(['order', 'cancel']) }), output: z.array(jobSchema) },
  'jobs.outcomeCandidates': { input: id, output: z.array(outcomeCandidateSchema) },
  'jobs.resolveOutcome': {
    input: id.extend({
      choice: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('task'), taskId: providerIdSchema }),
        z.object({ kind: z.literal('resend') }),
        z.object({ kind: z.literal('giveUp') }),
      ]),
    }),
    output: jobSchema,
  },
  'elements.list': {
    input: z.object({}),
    output: z.array(
      z.object({
        elementId: z.string(),
        name: z.string(),
        description: z.string(),
        jobId: z.string(),
        accountId: z.string(),
        isUsable: z.boolean(),
        createdAt: z.string(),
      }),
    ),
  },
} as const;

export const jobsEvents = {
  'jobs.changed': z.object({ jobs: z.array(jobSchema) }),
  'queue.changed': queueSchema,
  /** A paid result whose link will soon be dead has not been fetched yet. */
  'jobs.linkAlarm': z.object({ id: z.string(), linkExpiresAt: z.string() }),
} as const;
