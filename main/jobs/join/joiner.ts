/**
 * Joins performances: as soon as every part is in the library, once, one at a time. What was joined is marked in the log of the first part, so
 * that a result which a person has thrown away does not come back; what stood in the way is tried again at the next start or wake.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { PerformanceView } from '../../../shared/contract/performance.ts';
import { RestageError, toErrorData } from '../../../shared/errors.ts';
import { trimSeconds } from '../../../shared/time/trim.ts';
import { arrive } from '../../library/arrive.ts';
import { SIDECAR_VERSION } from '../../library/sidecar.ts';
import { chosenAudio } from '../../media/facts/videoFacts.ts';
import { asFileError } from '../../storage/files.ts';
import { makeFolder } from '../../storage/makeFolder.ts';
import type { JobContext } from '../context.ts';
import { nameResult } from '../stages/describe.ts';
import { describeJoined } from './describeJoined.ts';
import type { PartToJoin } from './joinPlan.ts';
import { makeJoined, type OriginalSound } from './makeJoined.ts';
import { isPart, type PartJob, type Performance, performancesOf } from './performances.ts';

export interface Joiner {
  /** Looks for performances that are complete and not joined yet. */
  look(): void;
  /** The same, and what could not be joined is tried once more. */
  tryAgain(): void;
  list(): PerformanceView[];
  /** True while one is being joined, or is about to be. */
  isBusy(): boolean;
  close(): Promise<void>;
}

const JOINED = 'joined';

/** The id of the one result of a performance: whoever joins it again finds it there. */
export const joinedIdOf = (performanceId: string): string =>
  `joined-${createHash('sha256').update(performanceId).digest('hex').slice(0, 20)}`;

export function createJoiner(context: JobContext, onChange: () => void): Joiner {
  const { store, library, logger } = context;
  const closing = new AbortController();
  const troubles = new Map<string, NonNullable<PerformanceView['trouble']>>();
  let working: Promise<void> | null = null;
  let isAskedAgain = false;

  const joinedItemOf = ({ id }: Performance) => library.find(joinedIdOf(id))?.item ?? null;
  const isJoined = (performance: Performance) =>
    joinedItemOf(performance) !== null ||
    performance.parts.some(({ id }) => store.logOf(id).some(({ event }) => event === JOINED));
  const complete = () =>
    performancesOf(store.parts().filter(isPart)).filter(({ id, state }) => state === 'complete' && !troubles.has(id));

  async function work(): Promise<void> {
    for (const performance of complete()) {
      if (closing.signal.aborted) return;
      if (isJoined(performance)) continue;
      onChange();
      try {
        await join(context, performance, closing.signal);
        const [first] = performance.parts;
        if (first) store.log(first.id, JOINED, joinedIdOf(performance.id));
      } catch (error) {
        if (closing.signal.aborted) return;
        const { code, reasons, detail } = toErrorData(asFileError(error));
        const name = reasons[0]?.params?.name;
        troubles.set(performance.id, { code, name: name === undefined ? null : String(name) });
        logger.warn('join.failed', { performance: performance.id, error: String(error), detail });
      }
      onChange();
    }
  }

  function look(): void {
    if (closing.signal.aborted) return;
    if (working) {
      isAskedAgain = true;
      return;
    }
    if (!complete().some((performance) => !isJoined(performance))) return;
    working = work().finally(() => {
      working = null;
      if (!isAskedAgain) return;
      isAskedAgain = false;
      look();
    });
  }

  function viewOf(performance: Performance): PerformanceView {
    const { id, count, parts, state } = performance;
    const item = joinedItemOf(performance);
    const trouble = troubles.get(id) ?? null;
    const isOver = state === 'complete' && isJoined(performance);
    return {
      ...{ id, count, itemId: item?.id ?? null, trouble },
      jobIds: parts.map((part) => part.id),
      completedCount: parts.filter((part) => part.state === 'completed').length,
      state: state !== 'complete' ? state : isOver ? 'joined' : trouble ? 'waiting' : 'joining',
    };
  }

  return {
    look,
    tryAgain() {
      troubles.clear();
      look();
    },
    list: () => performancesOf(store.parts().filter(isPart)).map(viewOf),
    isBusy: () => working !== null,
    async close() {
      closing.abort();
      await working?.catch(() => undefined);
    },
  };
}

async function join(context: JobContext, performance: Performance, signal: AbortSignal): Promise<void> {
  const { media, assets, incomingDir, logger } = context;
  const [first] = performance.parts;
  if (!first) return;
  const id = joinedIdOf(performance.id);
  await makeFolder(incomingDir, { mode: 0o700 });
  const output = path.join(incomingDir, `${id}.mp4`);
  const readVideo = async (file: string) => {
    const facts = await media.readFacts(file);
    if (facts.kind !== 'video') throw new RestageError('sourceUnreadable', { detail: 'no video' });
    return facts;
  };
  const video = assets.record(first.videoAssetId);
  const { facts } = video;
  if (facts.kind !== 'video') throw new RestageError('sourceUnreadable', { detail: 'no video' });
  const whole = trimSeconds(facts, first.recipe.part.whole);
  const parts: PartToJoin[] = [];
  for (const job of performance.parts) {
    const file = fileOf(context, job);
    const { from, to } = trimSeconds(facts, job.recipe.trim ?? first.recipe.part.whole);
    parts.push({
      ...{ path: file, facts: await readVideo(file) },
      ...{ fromSeconds: from - whole.from, toSeconds: to - whole.from },
    });
  }
  const programs = await media.programs();
  try {
    const joined = await makeJoined({
      ...{ encoder: programs.ffmpeg, readVideo, parts, output, signal, logger },
      original: await originalSound(context, first, whole.from),
    });
    const item = await arrive(
      {
        ...{ partPath: output, folder: context.libraryDir(), jobId: id },
        baseName: `${nameResult(context, wholeOf(first))} joined`,
        describe: (file) => describeJoined(context, { performance, id, joined, parts, version: SIDECAR_VERSION }, file),
      },
      context,
    );
    await context.originals.keepOf({ itemId: item.id, ...first }, signal);
  } catch (error) {
    await rm(output, { force: true });
    throw error;
  }
}

/** As if it had been ordered in one piece. */
export const wholeOf = (job: PartJob): PartJob => ({
  ...job,
  recipe: { ...job.recipe, trim: job.recipe.part.whole },
});

function fileOf({ library }: Pick<JobContext, 'library'>, { resultItemId }: PartJob): string {
  const item = resultItemId === null ? null : library.find(resultItemId)?.item;
  if (item && existsSync(item.file)) return item.file;
  const params = { name: item?.name ?? resultItemId ?? '', path: item?.file ?? '' };
  throw new RestageError('sourceMissing', { reasons: [{ field: 'video', rule: 'source.missing', params }] });
}

/** Throws sourceMissing where the clip is not there to be heard: a silent joined result would be a lie. */
async function originalSound(
  { assets }: Pick<JobContext, 'assets'>,
  job: PartJob,
  fromSeconds: number,
): Promise<OriginalSound | null> {
  if (!job.recipe.keepSound) return null;
  const { facts } = assets.record(job.videoAssetId);
  const track = facts.kind === 'video' ? chosenAudio(facts, job.recipe.soundTrack) : null;
  if (!track) return null;
  const { path: file, facts: now } = await assets.present(job.videoAssetId);
  if (now.kind !== 'video') return null;
  return { path: file, facts: now, track, startSeconds: now.startSeconds + fromSeconds };
}
