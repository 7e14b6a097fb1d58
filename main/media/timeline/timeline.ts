/** The timeline of a clip: filmstrip, peaks, then shots; made once in the background, kept in the cache, told of as they grow. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { beatsSchema, shotsSchema, type Timeline } from '../../../shared/contract/timeline.ts';
import { RestageError } from '../../../shared/errors.ts';
import type { Logger } from '../../services.ts';
import { makeFolder } from '../../storage/makeFolder.ts';
import { readIdentity, shortHash, writeAtomically } from '../files.ts';
import type { Encoder } from '../tools.ts';
import { filmstripShape, makeFilmstrip } from './filmstrip.ts';
import { scanShots } from './shotScan.ts';
import { readSound } from './waveform.ts';

const RECIPE_VERSION = 4;

const SHOTS_VERSION = 4;

const savedSchema = z.object({
  peaks: z.array(z.number()).nullable(),
  beats: beatsSchema.nullable(),
  doneCount: z.number().int(),
});
const savedShotsSchema = shotsSchema.partial().extend({ cutsAreCoarse: z.boolean().optional() });
type SavedShots = z.infer<typeof savedShotsSchema>;

interface Work {
  timeline: Timeline;
  listeners: Set<(timeline: Timeline) => void>;
  controller: AbortController;
  finished: Promise<void>;
}

export interface Timelines {
  timeline(source: string, facts: VideoFacts, onChange: (timeline: Timeline) => void): Promise<Timeline>;
  picture(source: string, facts: VideoFacts, n: number): Promise<string | null>;
  stop(source: string): Promise<void>;
  close(): Promise<void>;
}

function emptyTimeline(facts: VideoFacts): Timeline {
  return {
    filmstrip: { ...filmstripShape(facts), doneCount: 0 },
    peaks: facts.audio.length > 0 ? [] : null,
    isDone: false,
  };
}

async function readSaved(folder: string, facts: VideoFacts): Promise<Timeline | null> {
  try {
    const { peaks, beats, doneCount } = savedSchema.parse(
      JSON.parse(await readFile(join(folder, 'timeline.json'), 'utf8')),
    );
    return { filmstrip: { ...filmstripShape(facts), doneCount }, peaks, beats, isDone: true };
  } catch {
    return null;
  }
}

const shotsFile = (folder: string) => join(folder, `shots-${SHOTS_VERSION}.json`);

async function readShots(folder: string): Promise<SavedShots | null> {
  try {
    return savedShotsSchema.parse(JSON.parse(await readFile(shotsFile(folder), 'utf8')));
  } catch {
    return null;
  }
}

export function createTimelines(deps: { folder: string; encoder: () => Promise<Encoder>; logger: Logger }): Timelines {
  const works = new Map<string, Work>();

  const folderOf = async (source: string) =>
    join(deps.folder, shortHash({ identity: await readIdentity(source), version: RECIPE_VERSION }));
  const pictureFile = (folder: string, n: number) => join(folder, `${n}.jpg`);

  const report = (work: Work) => {
    for (const listener of work.listeners) listener(work.timeline);
  };

  const makePictures = async (work: Work, folder: string, source: string, facts: VideoFacts): Promise<void> => {
    const { path, features } = await deps.encoder();
    const writes: Promise<unknown>[] = [];
    const onPicture = (n: number, picture: Buffer) => {
      writes.push(
        writeFile(pictureFile(folder, n), picture, { mode: 0o600 }).then(() => {
          const { filmstrip } = work.timeline;
          work.timeline = { ...work.timeline, filmstrip: { ...filmstrip, doneCount: filmstrip.doneCount + 1 } };
          report(work);
        }),
      );
    };
    await makeFilmstrip({ ffmpeg: path, features, source, facts, signal: work.controller.signal, onPicture });
    await Promise.all(writes);
  };

  const makeSound = async (work: Work, source: string, facts: VideoFacts): Promise<void> => {
    const { path } = await deps.encoder();
    const sound = await readSound({ ffmpeg: path, source, facts, signal: work.controller.signal });
    work.timeline = { ...work.timeline, peaks: sound?.peaks ?? null, beats: sound?.beats ?? null };
    report(work);
  };

  const makeStrip = async (work: Work, folder: string, source: string, facts: VideoFacts): Promise<void> => {
    // Sound that cannot be read must not cost the pictures, nor the other way round.
    const results = await Promise.allSettled([
      makePictures(work, folder, source, facts),
      makeSound(work, source, facts),
    ]);
    const failed = results.filter((result) => result.status === 'rejected').map((result) => String(result.reason));
    if (work.controller.signal.aborted) throw new RestageError('cancelled');
    if (failed.length > 0) deps.logger.warn('media.timelineIncomplete', { failed });
    work.timeline = { ...work.timeline, isDone: true };
    if (failed.length === 0) {
      const { peaks, beats = null, filmstrip } = work.timeline;
      const saved = { peaks, beats, doneCount: filmstrip.doneCount };
      await writeAtomically(join(folder, 'timeline.json'), (path) => writeFile(path, JSON.stringify(saved)));
    }
    report(work);
  };

  // One clip is looked through at a time: it decodes every picture, and nobody waits for it.
  let scanning: Promise<unknown> = Promise.resolve();

  const makeShots = async (work: Work, folder: string, source: string, facts: VideoFacts): Promise<void> => {
    const encoder = await deps.encoder();
    const scan = scanning.then(async () => {
      if (work.controller.signal.aborted) throw new RestageError('cancelled');
      return scanShots({
        encoder,
        source,
        facts,
        signal: work.controller.signal,
        onCoarse: ({ cuts }) => {
          work.timeline = { ...work.timeline, cuts, cutsAreCoarse: true };
          report(work);
        },
      });
    });
    scanning = scan.catch(() => undefined);
    const { shots, isCoarse } = await scan;
    const saved: SavedShots = { ...shots, ...(isCoarse ? { cutsAreCoarse: true } : {}) };
    const { cutsAreCoarse: _, ...strip } = work.timeline;
    work.timeline = { ...strip, ...saved, isScanned: true };
    await writeAtomically(shotsFile(folder), (path) => writeFile(path, JSON.stringify(saved)));
    report(work);
  };

  const make = async (work: Work, folder: string, source: string, facts: VideoFacts): Promise<void> => {
    await makeFolder(folder, { mode: 0o700 });
    if (!work.timeline.isDone) await makeStrip(work, folder, source, facts);
    try {
      await makeShots(work, folder, source, facts);
    } catch (error) {
      if (work.controller.signal.aborted) throw error;
      deps.logger.warn('media.shotsFailed', { detail: String(error) });
      work.timeline = { ...work.timeline, isScanned: true };
      report(work);
    }
  };

  const start = (folder: string, source: string, facts: VideoFacts, known: Timeline): Work => {
    const work: Work = {
      timeline: known,
      listeners: new Set(),
      controller: new AbortController(),
      finished: Promise.resolve(),
    };
    works.set(folder, work);
    work.finished = make(work, folder, source, facts)
      .catch((error) => deps.logger.warn('media.timelineFailed', { detail: String(error) }))
      .finally(() => {
        if (works.get(folder) === work) works.delete(folder);
      });
    return work;
  };

  return {
    timeline: async (source, facts, onChange) => {
      const folder = await folderOf(source);
      const saved = works.has(folder) ? null : await readSaved(folder, facts);
      const shots = saved ? await readShots(folder) : null;
      if (saved && shots) return { ...saved, ...shots, isScanned: true };
      const work = works.get(folder) ?? start(folder, source, facts, saved ?? emptyTimeline(facts));
      work.listeners.add(onChange);
      return work.timeline;
    },
    picture: async (source, facts, n) => {
      if (!Number.isInteger(n) || n < 0 || n >= filmstripShape(facts).count) return null;
      const folder = await folderOf(source);
      const path = pictureFile(folder, n);
      return existsSync(path) ? path : null;
    },
    stop: async (source) => {
      const folder = await folderOf(source);
      const work = works.get(folder);
      if (!work) return;
      // Whoever asks again meanwhile starts anew instead of joining what is ending.
      works.delete(folder);
      work.controller.abort();
      await work.finished;
    },
    close: async () => {
      const all = [...works.values()];
      for (const work of all) work.controller.abort();
      await Promise.allSettled(all.map((work) => work.finished));
    },
  };
}
