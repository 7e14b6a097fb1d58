/** Copies of results for the timeline: plans them, makes them one after another, knows the ones that are there, and never touches a result. */
import path from 'node:path';
import type {
  Conformed,
  ConformInput,
  ConformOptions,
  ConformOutcome,
  ConformPlan,
} from '../../../shared/contract/conform.ts';
import { type ErrorData, RestageError, toErrorData } from '../../../shared/errors.ts';
import { shortHash } from '../../media/files.ts';
import type { ProgressListener } from '../../services.ts';
import { asFileError } from '../../storage/files.ts';
import { freeBytesOf } from '../../storage/freeSpace.ts';
import { type FoundOriginal, findOriginal } from './findReference.ts';
import { makeCopy } from './makeCopy.ts';
import {
  type ConformServices,
  createMasterReader,
  openSource,
  readVideoWith,
  referencesOf,
  type Source,
} from './openSource.ts';
import { provenanceOf } from './provenance.ts';
import { createConformRecords } from './records.ts';
import { asFolderError, openStage, requireOutFolder, type Stage } from './stage.ts';
import { asSpaceError, requireRoom, takeName } from './takeName.ts';

/** Part of every key: raise it when equal options would make another copy. */
const RECIPE_VERSION = 1;

export interface ConformService {
  /** What would be made in `folder`. Makes nothing but looks at every result. A look that is asked for again ends the one before (AbortError). */
  plan(ids: readonly string[], options: ConformOptions, folder: string): Promise<ConformPlan>;
  /** One outcome per id, in order; never overwrites, goes on where a cancelled or killed run ended. Throws where `folder` cannot be used. */
  run(input: ConformInput, folder: string, onProgress: ConformProgress): Promise<ConformOutcome[]>;
  cancel(taskId: string): void;
  /** Cancels everything and waits until nothing is left of it. */
  close(): Promise<void>;
}

export type ConformProgress = (at: { id: string; done: number; total: number; ratio: number | null }) => void;

interface Wanted {
  source: Source;
  original: FoundOriginal | null;
  key: string;
  isUnchanged: () => Promise<boolean>;
}

const asOutcomeError = (error: unknown): ErrorData => toErrorData(asFileError(error));

export function createConform(services: ConformServices): ConformService {
  const records = createConformRecords(services.profileDir);
  const running = new Map<string, AbortController>();
  let going: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  let planning = new AbortController();
  const readMaster = createMasterReader();

  /** One encode at a time: two would each take twice as long, and twice the disk. */
  function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const next = going.then(work);
    going = next.catch(() => undefined);
    return next;
  }

  /** What makes one copy another: the bytes it is made of, and everything that is done with them. */
  async function look(id: string, options: ConformOptions, signal: AbortSignal): Promise<Wanted> {
    const source = await openSource(services, id, options, signal);
    const original = options.sound === 'original' ? await findOriginal(source.item, referencesOf(services)) : null;
    const master = await readMaster(source.path, signal);
    const { ffmpeg } = await services.media.programs();
    const { frameRate, timecode, title, baseName } = source.plan;
    const sound =
      original === null || original === 'silent' ? original : { ...original, facts: original.facts.sizeBytes };
    const made = { frameRate, timecode, title, baseName, tool: ffmpeg.version, version: RECIPE_VERSION };
    return {
      ...{ source, original, isUnchanged: master.isUnchanged },
      key: shortHash({ master: master.sha256, options, sound, made }),
    };
  }

  async function make(wanted: Wanted, folder: string, stage: Stage, signal: AbortSignal, onProgress: ProgressListener) {
    const { source, original, key } = wanted;
    const { plan, item } = source;
    await requireRoom(folder, plan.estimatedBytes);
    const { ffmpeg, ffprobe } = await services.media.programs();
    const made = await makeCopy({
      ...{ encoder: ffmpeg, ffprobe: ffprobe.path, readVideo: readVideoWith(services.media), stage, plan, original },
      master: { path: source.path, facts: source.facts },
      comment: plan.options.hasProvenance ? provenanceOf(item) : null,
      ...{ signal, onProgress, logger: services.logger },
    });
    if (!(await wanted.isUnchanged())) {
      const params = { name: item.name, path: item.file };
      throw new RestageError('sourceUnreadable', { reasons: [{ field: 'result', rule: 'conform.changed', params }] });
    }
    signal.throwIfAborted();
    const { width, height, frameRate, frameCount, repeated, dropped, timecode } = plan;
    const copy = {
      width,
      height,
      frameRate,
      frameCount,
      repeated,
      dropped,
      timecode,
      notes: made.notes,
      sound: made.sound,
    };
    return takeName({
      ...{ staged: made.path, folder, baseName: plan.baseName, extension: plan.extension, signal },
      describe: (file): Conformed => ({ ...copy, ...file }),
      onNamed: (named) => records.keep(key, named, made.path),
    });
  }

  async function one(
    id: string,
    { options, folder, signal }: { options: ConformOptions; folder: string; signal: AbortSignal },
    onProgress: ProgressListener,
  ): Promise<ConformOutcome> {
    if (signal.aborted) return { id, state: 'cancelled' };
    try {
      const wanted = await look(id, options, signal);
      const there = await records.find(wanted.key, folder);
      if (there) return { id, state: 'reused', copy: there };
      const stage = await openStage(folder);
      try {
        return { id, state: 'made', copy: await make(wanted, folder, stage, signal, onProgress) };
      } catch (error) {
        throw await asSpaceError(asFolderError(error, folder), folder, wanted.source.plan.estimatedBytes);
      } finally {
        await stage.close();
      }
    } catch (error) {
      if (signal.aborted) return { id, state: 'cancelled' };
      const data = asOutcomeError(error);
      services.logger.warn('conform.failed', { id, error: error instanceof Error ? error.message : String(error) });
      return { id, state: 'failed', error: data };
    }
  }

  return {
    async plan(ids, options, folder) {
      planning.abort();
      planning = new AbortController();
      const { signal } = planning;
      const items: ConformPlan['items'] = [];
      for (const id of ids) {
        signal.throwIfAborted();
        try {
          const { source, key } = await look(id, options, signal);
          const { plan } = source;
          const there = await records.find(key, folder);
          const { width, height, frameRate, frameCount, repeated, dropped, timecode, notes, estimatedBytes } = plan;
          const copy = { width, height, frameRate, frameCount, repeated, dropped, timecode, notes };
          const name = there ? path.basename(there.file) : `${plan.baseName}.${plan.extension}`;
          items.push({ id, state: there ? 'there' : 'new', name, estimatedBytes, copy });
        } catch (error) {
          signal.throwIfAborted();
          items.push({ id, state: 'refused', error: asOutcomeError(error) });
        }
      }
      const neededBytes = items.reduce((sum, item) => sum + (item.state === 'new' ? item.estimatedBytes : 0), 0);
      const freeBytes = (await freeBytesOf(folder)) ?? (await freeBytesOf(path.dirname(folder)));
      return { folder, items, neededBytes, freeBytes };
    },
    run({ ids, taskId, ...options }, folder, onProgress) {
      if (running.has(taskId) || isClosed) return Promise.reject(new RestageError('conflict', { detail: taskId }));
      const controller = new AbortController();
      running.set(taskId, controller);
      const { signal } = controller;
      const total = ids.length;
      return inTurn(async () => {
        const outcomes: ConformOutcome[] = [];
        if (!signal.aborted) await requireOutFolder(folder);
        for (const id of ids) {
          const done = outcomes.length;
          const report: ProgressListener = (ratio) => onProgress({ id, done, total, ratio });
          report(null);
          outcomes.push(await one(id, { options, folder, signal }, report));
          onProgress({ id, done: outcomes.length, total, ratio: 1 });
        }
        return outcomes;
      }).finally(() => running.delete(taskId));
    },
    cancel: (taskId) => running.get(taskId)?.abort(),
    async close() {
      isClosed = true;
      planning.abort();
      for (const controller of running.values()) controller.abort();
      await going;
    },
  };
}
