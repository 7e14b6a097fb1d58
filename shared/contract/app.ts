/** Settings, key, account and the app itself. */
import { z } from 'zod';
import { findPriceTrouble, type PriceOverride } from '../money/pricing.ts';
import { interfaceScales, usualScale } from '../rules/interfaceScale.ts';
import { limitNames, overrideTargets } from '../rules/limits.ts';
import { keySetNames } from '../words/keySetNames.ts';
import { defaultNamingTemplate, findNamingTrouble } from '../words/resultName.ts';
import { providerTextSchema, textBounds } from './ids.ts';
import { savedSearchesSchema } from './libraryCommands.ts';
import { linePlaceSchema } from './line.ts';
import { orientationSchema, presetSchema, qualitySchema } from './media.ts';
import { webHookSchema } from './webHook.ts';

export const languages = ['en', 'ja', 'ko'] as const;
export type Language = (typeof languages)[number];

/** Credits as typed: what is wrong with them is answered in words. */
const creditsSchema = z.string().max(40);

/** Keyboard shortcuts: a set to start from, and a person's own keys over it, by command. A command with an empty list has none. */
const shortcutsSchema = z.object({
  set: z.enum(keySetNames).default('restage'),
  own: z
    .record(z.string().max(40), z.array(z.string().min(1).max(40)).max(8))
    .refine((own) => Object.keys(own).length <= 500)
    .default({}),
});
export type Shortcuts = z.infer<typeof shortcutsSchema>;

const notificationsSchema = z.object({ finished: z.boolean(), attention: z.boolean(), linkDies: z.boolean() });

/** A limit that a person has found to be another one: since when, and how they know. Holds wherever the rules are used. */
export const limitOverrideSchema = z.object({
  target: z.enum(overrideTargets),
  name: z.enum(limitNames),
  value: z.number().positive(),
  /** 2026-11-21 */
  date: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  note: z.string().max(300),
});
export type LimitOverride = z.infer<typeof limitOverrideSchema>;

const priceOverrideSchema = z.object({
  '720p': z.string().max(40).nullable(),
  '1080p': z.string().max(40).nullable(),
  element: z.string().max(40).nullable(),
  date: z.string().regex(/^\d{4}-\d\d-\d\d$/),
}) satisfies z.ZodType<PriceOverride>;

/** A recipe kept under a name: what does not belong to one clip or one character. */
const recipePresetSchema = z.object({
  name: z.string().min(1).max(60),
  recipe: z.object({
    orientation: orientationSchema,
    quality: qualitySchema,
    preset: presetSchema,
    keepSound: z.boolean(),
    prompt: z.string().max(textBounds.prompt),
    elementId: providerTextSchema.nullable(),
    watermark: z.boolean(),
    callbackUrl: z.string().max(textBounds.url),
    project: z.string().max(textBounds.name),
  }),
});
export type RecipePreset = z.infer<typeof recipePresetSchema>;

export const settingsSchema = z.object({
  language: z.enum(['system', ...languages]).default('system'),
  theme: z.enum(['dark', 'light', 'system']).default('dark'),
  interfaceScalePercent: z.literal(interfaceScales).default(usualScale),
  provider: z.enum(['sandbox', 'evolink']).default('sandbox'),
  /** Empty: the default folder (Videos/Restage). */
  libraryDir: z.string().max(4096).default(''),
  /** Folders of videos that were imported where they are: they belong to the library too. */
  libraryFolders: z.array(z.string().max(4096)).max(1000).default([]),
  /** How results are called, see resultName.ts. Files that exist keep their names. */
  namingTemplate: z
    .string()
    .refine((template) => findNamingTrouble(template) === null)
    .default(defaultNamingTemplate),
  /** Empty: look it up (ffmpeg-static, PATH, installer package). */
  ffmpegPath: z.string().max(4096).default(''),
  ffprobePath: z.string().max(4096).default(''),
  /** Empty: as the environment or the system says. `direct`: none. Else its address, without a name and a password: those are for the environment. */
  proxyUrl: z.string().max(500).default(''),
  /** Certificates of authorities to believe besides those that come with the program, PEM. */
  caFile: z.string().max(4096).default(''),
  preset: presetSchema.default('fast'),
  /** Credits, decimal; null: no limit. Compared with the upper estimate. */
  limits: z
    .object({
      perJob: creditsSchema.nullable().default(null),
      perDay: creditsSchema.nullable().default(null),
      perMonth: creditsSchema.nullable().default(null),
    })
    .default({ perJob: null, perDay: null, perMonth: null }),
  /** What a person is told of while no window has the focus. */
  notifications: notificationsSchema.default({ finished: true, attention: true, linkDies: true }),
  /** A studio's server that is told of jobs; null: nobody is. Set by `webHook.set`, which makes its secret. */
  webHook: webHookSchema.nullable().default(null),
  /** Jobs of an account that may be at the provider at once; null: as many as are ordered. */
  maxAtProvider: z.number().int().min(1).max(20).nullable().default(null),
  cacheMaxBytes: z.number().int().min(500_000_000).default(20_000_000_000),
  limitOverrides: z.array(limitOverrideSchema).max(40).default([]),
  priceOverride: priceOverrideSchema
    .nullable()
    .refine((override) => override === null || findPriceTrouble(override) === null)
    .default(null),
  recipePresets: z.array(recipePresetSchema).max(200).default([]),
  /** Pieces of prompts, newest first. */
  promptSnippets: z.array(z.string().min(1).max(textBounds.prompt)).max(200).default([]),
  shortcuts: shortcutsSchema.default({ set: 'restage', own: {} }),
  /** Queries of the library under a name, in the order in which they were saved. */
  librarySearches: savedSearchesSchema.default([]),
  /** Nothing is ordered without a project. */
  needsProject: z.boolean().default(false),
  /** Results of a project go into a folder of its name in the library folder. */
  hasProjectFolders: z.boolean().default(false),
  /** Library folders that keep originals of their results; set by `library.keepOriginals`, which names none. */
  originalsIn: z.array(z.string().max(4096)).max(1000).default([]),
  isFirstRunDone: z.boolean().default(false),
  hasAgreedToLikenessRights: z.boolean().default(false),
});
export type Settings = z.infer<typeof settingsSchema>;

/**
 * What `settings.set` takes: only the fields named change. No folder and no program is among them: a page that was taken over
 * could name one; they are set by the host's own dialog, on the command line, or in the settings file. Not `settingsSchema.partial()`, which would fill every field that
 * was left out with its default. `limits` goes whole: a limit that is not named must not vanish silently.
 */
export const settingsPatchSchema = z
  .strictObject({
    language: settingsSchema.shape.language.unwrap(),
    theme: settingsSchema.shape.theme.unwrap(),
    interfaceScalePercent: settingsSchema.shape.interfaceScalePercent.unwrap(),
    provider: settingsSchema.shape.provider.unwrap(),
    /** Any text: what is wrong with it is answered in words. */
    namingTemplate: z.string().max(1000),
    preset: settingsSchema.shape.preset.unwrap(),
    limits: z.object({
      perJob: creditsSchema.nullable(),
      perDay: creditsSchema.nullable(),
      perMonth: creditsSchema.nullable(),
    }),
    notifications: notificationsSchema,
    maxAtProvider: settingsSchema.shape.maxAtProvider.unwrap(),
    cacheMaxBytes: settingsSchema.shape.cacheMaxBytes.unwrap(),
    limitOverrides: settingsSchema.shape.limitOverrides.unwrap(),
    /** Whole; what is wrong with a price is answered in words. */
    priceOverride: priceOverrideSchema.nullable(),
    recipePresets: settingsSchema.shape.recipePresets.unwrap(),
    promptSnippets: settingsSchema.shape.promptSnippets.unwrap(),
    /** Whole, as `limits`. */
    shortcuts: z.object({ set: shortcutsSchema.shape.set.unwrap(), own: shortcutsSchema.shape.own.unwrap() }),
    needsProject: settingsSchema.shape.needsProject.unwrap(),
    hasProjectFolders: settingsSchema.shape.hasProjectFolders.unwrap(),
    isFirstRunDone: settingsSchema.shape.isFirstRunDone.unwrap(),
    hasAgreedToLikenessRights: settingsSchema.shape.hasAgreedToLikenessRights.unwrap(),
  })
  .partial();

export const capabilitiesSchema = z.object({
  nativeDragOut: z.boolean(),
  reveal: z.boolean(),
  /** True where the system protects the stored key; false: it lives for the session, or in an owner-only file by consent. */
  keychain: z.boolean(),
  chooseFolder: z.boolean(),
  /** The host itself tells of news by the system's notifications; else a page may ask its browser. */
  notifications: z.boolean(),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;

export const keyStatusSchema = z.object({
  isPresent: z.boolean(),
  /** keychain · file (owner-only, by consent) · session (gone at quit) · environment · none. */
  storage: z.enum(['keychain', 'file', 'session', 'environment', 'none']),
  /** Last four characters, for recognising it. */
  hint: z.string().nullable(),
});
export type KeyStatus = z.infer<typeof keyStatusSchema>;

export const accountStatusSchema = z.object({
  accountId: z.string(),
  provider: z.enum(['sandbox', 'evolink']),
  isSandbox: z.boolean(),
  /** trouble: the server answers with errors. unknown: not asked yet. */
  connection: z.enum(['ok', 'offline', 'trouble', 'keyRefused', 'noKey', 'unknown']),
  remainingCredits: z.string().nullable(),
  checkedAt: z.string().nullable(),
  key: keyStatusSchema,
});
export type AccountStatus = z.infer<typeof accountStatusSchema>;

export const appInfoSchema = z.object({
  version: z.string(),
  platform: z.string(),
  locale: z.string(),
  capabilities: capabilitiesSchema,
  /** The library as it is; profile and logs as a person would write them (`~/…`), never the whole path. */
  folders: z.object({ profile: z.string(), library: z.string(), logs: z.string() }),
  tools: z.object({
    ffmpeg: z.string().nullable(),
    ffmpegSource: z.string().nullable(),
    ffprobe: z.string().nullable(),
    ffprobeSource: z.string().nullable(),
  }),
  /** What start-up found and could not repair by itself, and what a person is told once, as i18n keys under `notices`. */
  notices: z.array(
    z.object({ id: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() }),
  ),
  sample: z.object({ videoId: z.string(), imageId: z.string() }).nullable(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

const none = z.object({});
export const appCommands = {
  'app.info': { input: none, output: appInfoSchema },
  /** Brings the sample clip and character in as assets. */
  'app.loadSample': { input: none, output: z.object({ videoId: z.string(), imageId: z.string() }) },
  'settings.get': { input: none, output: settingsSchema },
  'settings.set': { input: settingsPatchSchema, output: settingsSchema },
  /**
   * Where new results go: the host asks the person (capability `chooseFolder`; closing its dialog changes nothing), or the
   * default folder is taken again. Results that exist stay where they are.
   */
  'settings.chooseLibraryFolder': {
    input: z.strictObject({ isDefault: z.boolean().default(false) }),
    output: settingsSchema,
  },
  /** `isSameAccount` is asked for (needsConsent) when another key is stored already. `allowFile`: consent to an owner-only file where no keychain is. */
  'apiKey.set': {
    input: z.object({
      key: z.string().min(8).max(200),
      isSameAccount: z.boolean().optional(),
      allowFile: z.boolean().default(false),
    }),
    output: accountStatusSchema,
  },
  'apiKey.clear': { input: none, output: accountStatusSchema },
  'account.status': { input: none, output: accountStatusSchema },
  /** Asks the server for the balance: free, and the proof that a key works. */
  'account.refresh': {
    input: z.object({ provider: z.enum(['sandbox', 'evolink']).optional() }),
    output: accountStatusSchema,
  },
  /** Tests the line to EvoLink, without a key; which proxy and which authorities are taken is set by a host alone. */
  'account.testLine': { input: z.strictObject({}), output: z.object({ places: z.array(linePlaceSchema) }) },
  /** What the Create screen was left with, in the page's own words; null: nothing yet. */
  'draft.read': { input: none, output: z.object({ text: z.string().nullable() }) },
  'draft.keep': { input: z.object({ text: z.string().max(100_000) }), output: none },
  /** What is laid out as a matrix, in the same way: a hundred prompts at their longest fit. */
  'matrix.read': { input: none, output: z.object({ text: z.string().nullable() }) },
  'matrix.keep': { input: z.object({ text: z.string().max(1_000_000) }), output: none },
  /** The line is back or the machine woke up: what waits for that is tried at once. */
  'app.wake': { input: none, output: none },
  'app.openExternal': { input: z.object({ link: z.enum(['keys', 'topUp']) }), output: none },
} as const;

export const appEvents = {
  'settings.changed': settingsSchema,
  'account.changed': accountStatusSchema,
  /** Something is to be told that `app.info` did not know of before. */
  'notices.changed': z.object({}),
} as const;
