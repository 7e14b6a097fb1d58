/** The commands of the library: looking, changing, housekeeping. A query's words are the grammar of shared/library/query.ts. */
import { z } from 'zod';
import type { ErrorData } from '../errors.ts';
import { libraryLimits } from '../library/libraryLimits.ts';
import { queryRules } from '../library/query.ts';
import { idSchema, textBounds } from './ids.ts';
import { libraryFlags, libraryItemSchema, libraryNoteSchema, trashedItemSchema } from './library.ts';
import { lineOf, linesOf } from './texts.ts';

export const librarySorts = ['created', 'name', 'duration', 'rating', 'charge', 'size', 'clip', 'character'] as const;
export type LibrarySort = (typeof librarySorts)[number];
export const libraryGroups = ['none', 'day', 'project', 'character', 'clip'] as const;
export type LibraryGroup = (typeof libraryGroups)[number];

/** Every result of a selection at once: as many as a library has. */
export const mostIds = 100_000;

const queryFields = {
  /** The grammar's text, as it was typed. */
  query: z.string().max(textBounds.name).default(''),
  sort: z.enum(librarySorts).default('created'),
  descending: z.boolean().default(true),
  /** Groups follow each other; inside of each, `sort` holds. Days go with `descending`, names from A on. */
  group: z.enum(libraryGroups).default('none'),
  /** One card per shot: its newest result that the query finds. */
  stacked: z.boolean().default(false),
};
export const libraryQuerySchema = z.object(queryFields);
export type LibraryQuery = z.infer<typeof libraryQuerySchema>;

/** A place in the order of a query; made by the index, and of use for the same query alone. */
const cursorSchema = z.string().max(4000);

/** A mistake in the text of a query: characters `from` (included) to `to` (not), and the rule that they break. The rest still holds. */
const problemSchema = z.object({
  from: z.number().int(),
  to: z.number().int(),
  rule: z.enum(queryRules),
  params: z.record(z.string(), z.string()),
});

const countsSchema = z.array(z.object({ value: z.string(), label: z.string(), count: z.number().int() }));
const listedItemSchema = libraryItemSchema.extend({
  /** How many results its shot has; 1 for what is in no shot. */
  versions: z.number().int(),
  /** Of what it is in with `group`; empty without one. */
  groupKey: z.string(),
});
export type ListedItem = z.infer<typeof listedItemSchema>;

const savedSearchSchema = z.object({ id: idSchema, name: lineOf(100).min(1), ...queryFields });
export const savedSearchesSchema = z.array(savedSearchSchema).max(200);
export type SavedSearch = z.infer<typeof savedSearchSchema>;

const editedFields = {
  name: lineOf(200).min(1).optional(),
  rating: z.number().int().min(0).max(5).optional(),
  flag: z.enum(libraryFlags).optional(),
  isHidden: z.boolean().optional(),
  project: lineOf(textBounds.name).nullable().optional(),
  tags: z.array(lineOf(60)).max(50).optional(),
  note: linesOf(5000).optional(),
  notes: z
    .array(libraryNoteSchema.extend({ text: linesOf(libraryLimits.noteLength) }))
    .max(libraryLimits.notes)
    .optional(),
};
export type LibraryEdit = z.infer<z.ZodObject<typeof editedFields>>;

const changeSchema = z.object({
  ids: z.array(idSchema).min(1).max(mostIds),
  set: z.object(editedFields).optional(),
  /** After `set`. What is there already is not added twice. */
  addTags: z.array(lineOf(60).min(1)).max(50).optional(),
  removeTags: z.array(lineOf(60).min(1)).max(50).optional(),
});
export type LibraryChange = z.infer<typeof changeSchema>;

const verifiedSchema = z.object({ id: z.string(), name: z.string(), file: z.string() });
/** An original that results name, once per part; `id` and `name` of a result that does. */
const verifiedOriginalSchema = z.object({
  sha256: z.string(),
  state: z.enum(['intact', 'changed', 'missing']),
  /** As it was called where it came from. */
  original: z.string(),
  id: z.string(),
  name: z.string(),
});
export type VerifiedOriginal = z.infer<typeof verifiedOriginalSchema>;

/** Of the library that new results go to. */
const originalsSchema = z.object({
  isKept: z.boolean(),
  folder: z.string(),
  count: z.number().int(),
  sizeBytes: z.number(),
  /** Results whose originals could not be kept; they are tried again at the next start. */
  missing: z.number().int(),
});
export type OriginalsState = z.infer<typeof originalsSchema>;

const importReportSchema = z.object({
  ids: z.array(z.string()),
  /** Videos that the library has already, by their bytes. */
  known: z.array(z.string()),
  /** Under the name of a video, and none, or not to be read. */
  unreadable: z.array(z.string()),
  isComplete: z.boolean(),
});
export type ImportReport = z.infer<typeof importReportSchema>;

const id = z.object({ id: idSchema });
const ids = z.object({ ids: z.array(idSchema).min(1).max(1000) });
export const libraryCommands = {
  /** A page of a query, from `after` on. */
  'library.list': {
    input: libraryQuerySchema.extend({
      after: cursorSchema.nullable().default(null),
      limit: z.number().int().min(1).max(1000).default(200),
    }),
    output: z.object({
      items: z.array(listedItemSchema),
      /** `after` of the next page; null: this was the last. */
      next: cursorSchema.nullable(),
      problems: z.array(problemSchema),
    }),
  },
  /** What a whole query looks like, counted apart: `cursors[n]` is `after` of page n (null: the first). */
  'library.outline': {
    input: libraryQuerySchema.extend({ pageSize: z.number().int().min(10).max(1000).default(200) }),
    output: z.object({
      total: z.number().int(),
      cursors: z.array(cursorSchema.nullable()),
      pageSize: z.number().int(),
      /** In the order of the list; `label` is empty where the field is (no project, an import). */
      groups: z.array(z.object({ key: z.string(), label: z.string(), count: z.number().int() })),
    }),
  },
  /** How many results of the query have which value. `value` is a term of the grammar, ready to be put into a query. */
  'library.facets': {
    input: libraryQuerySchema.pick({ query: true }),
    output: z.object({
      characters: countsSchema,
      clips: countsSchema,
      projects: countsSchema,
      elements: countsSchema,
      qualities: countsSchema,
      orientations: countsSchema,
      tags: countsSchema,
      ratings: countsSchema,
      flags: countsSchema,
      months: countsSchema,
      states: countsSchema,
    }),
  },
  /** In the order of the query. */
  'library.ids': {
    input: libraryQuerySchema.extend({ limit: z.number().int().min(1).max(mostIds).default(mostIds) }),
    output: z.object({ ids: z.array(z.string()) }),
  },
  /** Credits as decimal strings; results whose charge is not known count nothing. */
  'library.sums': {
    input: z.object({ ids: z.array(idSchema).max(mostIds) }),
    output: z.object({
      count: z.number().int(),
      durationSeconds: z.number(),
      sizeBytes: z.number(),
      credits: z.string(),
      testCredits: z.string(),
    }),
  },
  'library.get': { input: id, output: libraryItemSchema },
  'library.update': { input: id.extend(editedFields), output: libraryItemSchema },
  /** One after the other; `undo` as `changes` brings back exactly what was. What could not be changed is named and left as it was. */
  'library.change': {
    input: z.object({ changes: z.array(changeSchema).min(1).max(10_000) }),
    output: z.object({
      items: z.array(libraryItemSchema),
      undo: z.array(changeSchema),
      failed: z.array(z.object({ id: z.string(), name: z.string(), error: z.custom<ErrorData>() })),
    }),
  },
  /** Kept in the settings: they outlive the index. */
  'library.searches': { input: z.object({}), output: savedSearchesSchema },
  /** Under a name that is taken: in its place. Answers all of them. */
  'library.saveSearch': { input: savedSearchSchema.omit({ id: true }), output: savedSearchesSchema },
  'library.removeSearch': { input: id, output: savedSearchesSchema },
  /** Reads every recipe of the library folders anew, and looks for moved files by their content. Nothing is deleted or forgotten. */
  'library.rebuild': {
    input: z.object({}),
    output: z.object({
      present: z.number().int(),
      missing: z.number().int(),
      /** Found again elsewhere. */
      moved: z.number().int(),
      /** What cannot be read or is not what it says (a link, a text too large), and videos that belong to no recipe: paths, left alone. */
      damaged: z.array(z.string()),
      strays: z.array(z.string()),
    }),
  },
  /**
   * Holds masters against the bytes that they had when they came, and the originals that were kept with them: those that are named, or all
   * of them in parts, from `after` on. Reads only; `library.cancel` ends it. Its progress counts over all parts.
   */
  'library.verify': {
    input: z.object({
      ids: z.array(idSchema).max(mostIds).optional(),
      after: idSchema.nullable().default(null),
      limit: z.number().int().min(1).max(10_000).default(1000),
      /** Hashes of originals that earlier parts have told of: they are not read again. */
      toldOriginals: z.array(z.string().max(64)).max(mostIds).default([]),
    }),
    output: z.object({
      /** `after` of the next part; null: this was the last. */
      next: z.string().nullable(),
      intact: z.number().int(),
      changed: z.array(verifiedSchema),
      missing: z.array(verifiedSchema),
      /** Of which nothing was written down when they came. */
      unhashed: z.array(verifiedSchema),
      originals: z.array(verifiedOriginalSchema),
      isComplete: z.boolean(),
    }),
  },
  /**
   * Videos without a recipe become results, in a folder that the person names in the host's own dialog (capability `chooseFolder`): where
   * they are, or as copies in the library folder. Null: the dialog was closed. `library.cancel` ends it; what was imported stays.
   */
  'library.import': {
    input: z.object({ copy: z.boolean().default(false) }),
    output: importReportSchema.nullable(),
  },
  /** What is kept of the sources of results, and how much room that takes. */
  'library.originals': { input: z.object({}), output: originalsSchema },
  /** Whether the library keeps originals of results that come from now on. What it has stays. */
  'library.keepOriginals': { input: z.strictObject({ isKept: z.boolean() }), output: originalsSchema },
  /** Ends a check or an import that is going on. */
  'library.cancel': { input: z.object({}), output: z.object({}) },
  /** Out of the library; a trash on the same volume keeps all of it. */
  'library.trash': { input: ids, output: z.object({ items: z.array(trashedItemSchema) }) },
  /** Under the old name, or with a number behind it where that is taken by now. */
  'library.putBack': { input: ids, output: z.object({ items: z.array(libraryItemSchema) }) },
  /** Newest first. */
  'library.trashed': { input: z.object({}), output: z.object({ items: z.array(trashedItemSchema) }) },
  /** Deletes for good: the one thing in the library that cannot be undone. */
  'library.emptyTrash': { input: ids, output: z.object({ removed: z.number().int() }) },
  /** Shows the file in the system's file manager (capability `reveal`). */
  'library.reveal': { input: id, output: z.object({}) },
} as const;

export const libraryEvents = {
  'library.changed': z.object({}),
  'originals.changed': z.object({}),
  'library.progress': z.object({ work: z.enum(['verify', 'import']), done: z.number().int(), total: z.number().int() }),
} as const;
