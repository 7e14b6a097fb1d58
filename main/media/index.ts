/** The media service: everything that reads, checks, prepares or pictures a clip or an image, behind one interface. */
import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { LimitOverride } from '../../shared/contract/app.ts';
import type { ImageFacts, Verdict, VideoFacts } from '../../shared/contract/media.ts';
import { RestageError } from '../../shared/errors.ts';
import { limitsWith, type OverrideTarget, overrideOfRule, tableValue } from '../../shared/rules/limitOverrides.ts';
import type { SelfStart } from '../processes/helper.ts';
import type { Logger, MediaService } from '../services.ts';
import { makeFolder } from '../storage/makeFolder.ts';
import { sweepParts, trimCache } from './cache.ts';
import { readFacts } from './facts/facts.ts';
import { commitFile, partPath, readIdentity, shortHash } from './files.ts';
import { createNewestFirst } from './newestFirst.ts';
import { createImagePreparer, readImageFacts } from './picture/image.ts';
import { createImageClient } from './picture/imageClient.ts';
import { checkImage } from './picture/imageRules.ts';
import { planClip } from './plan/plan.ts';
import { createClipPreparer } from './prepare/prepare.ts';
import { createSharedRuns } from './sharedRuns.ts';
import { makeVideoPoster, POSTER_MAX_PX } from './timeline/poster.ts';
import { makeProxy } from './timeline/proxy.ts';
import { makeStrip } from './timeline/strip.ts';
import { createTimelines } from './timeline/timeline.ts';
import { createTools } from './tools.ts';

/** Part of the key of posters and proxies: raise it when the same source would be shown otherwise. */
const STILLS_VERSION = 4;

export interface MediaOptions {
  cacheDir: string;
  /** Settings can change: asked each time. */
  ffmpegPath?: () => string;
  ffprobePath?: () => string;
  /** A person's word over the table of limits; asked each time too. */
  limitOverrides?: () => readonly LimitOverride[];
  selfCommand: SelfStart;
  logger: Logger;
  env: Readonly<Record<string, string | undefined>>;
}

/** So many stills are made at once: each starts a process, and a wall of new cards asks for dozens. */
const STILL_LANES = 2;

/** Answers true when the file is there, and marks it as used. */
async function touch(path: string): Promise<boolean> {
  const now = new Date();
  return utimes(path, now, now).then(
    () => true,
    () => false,
  );
}

/** Says of each verdict whether a person's own limit was behind it. */
function markOverridden(
  verdicts: readonly Verdict[],
  target: OverrideTarget,
  overrides: readonly LimitOverride[],
): Verdict[] {
  return verdicts.map((verdict) => {
    const own = overrideOfRule(overrides, target, verdict.rule);
    if (!own) return verdict;
    const { date, note, value, name } = own;
    return { ...verdict, override: { date, note, value, name, table: tableValue(target, name) } };
  });
}

export function createMedia(options: MediaOptions): MediaService {
  const { cacheDir, logger, env } = options;
  const overrides = () => options.limitOverrides?.() ?? [];
  const tools = createTools({ ffmpegPath: options.ffmpegPath, ffprobePath: options.ffprobePath, env, logger });
  const client = createImageClient({ selfCommand: options.selfCommand, env, logger });
  const ffprobe = async () => (await tools.ffprobe()).path;
  const readImage = (path: string, sizeBytes: number, signal?: AbortSignal) =>
    readImageFacts(client, path, sizeBytes, signal);

  const readVideo = async (path: string, signal?: AbortSignal): Promise<VideoFacts> => {
    const facts = await readFacts({ path, ffprobe, readImage, signal });
    if (facts.kind !== 'video') throw new RestageError('toolFailed', { detail: `${path} is an image` });
    return facts;
  };

  const folder = join(cacheDir, 'prepared');
  const clips = createClipPreparer({ folder, encoder: tools.ffmpeg, ffprobe, readVideo, logger });
  const images = createImagePreparer({ client, folder, limits: () => limitsWith(overrides()).image });
  const timelines = createTimelines({ folder: join(cacheDir, 'timelines'), encoder: tools.ffmpeg, logger });
  const pictures = createSharedRuns<string>();
  const stillTurn = createNewestFirst(STILL_LANES);
  const swept = sweepParts(cacheDir, Date.now()).catch((error) =>
    logger.warn('media.sweep', { detail: String(error) }),
  );

  /** One file per source content below `kind`, made when it is not there. */
  const cached = async (
    kind: string,
    extension: string,
    source: string,
    make: (path: string, signal: AbortSignal) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<string> => {
    const key = shortHash({ kind, identity: await readIdentity(source), version: STILLS_VERSION });
    const path = join(cacheDir, kind, `${key}.${extension}`);
    if (await touch(path)) return path;
    const work = async (runSignal: AbortSignal) => {
      await makeFolder(join(cacheDir, kind), { mode: 0o700 });
      await make(path, runSignal);
      return path;
    };
    return pictures.run({ key: path, signal, work });
  };

  const still = (source: string, facts: VideoFacts | ImageFacts, output: string, signal: AbortSignal) =>
    stillTurn(
      () => (facts.kind === 'image' ? imagePoster(source, output, signal) : clipPoster(source, facts, output, signal)),
      signal,
    );

  const imagePoster = async (source: string, output: string, signal: AbortSignal): Promise<void> => {
    const part = partPath(output);
    try {
      await client.ask({ op: 'poster', path: source, output: part, maxPx: POSTER_MAX_PX }, signal);
      await commitFile(part, output);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  };

  const clipPoster = async (source: string, facts: VideoFacts, output: string, signal: AbortSignal): Promise<void> => {
    const { path, features } = await tools.ffmpeg();
    await makeVideoPoster({ ffmpeg: path, features, source, facts, output, signal });
  };

  /** A picture of a video that is called `name` for good, kept below `kind`. */
  const named = async (
    kind: 'posters' | 'strips',
    asked: { name: string; source: () => Promise<string | null>; signal: AbortSignal | undefined },
    make: (file: string, facts: VideoFacts, output: string, signal: AbortSignal) => Promise<void>,
  ): Promise<string | null> => {
    const path = join(cacheDir, kind, `${shortHash({ kind: 'still', name: asked.name })}.jpg`);
    if (await touch(path)) return path;
    const file = await asked.source();
    if (file === null) return null;
    const work = async (signal: AbortSignal) => {
      await makeFolder(join(cacheDir, kind), { mode: 0o700 });
      await stillTurn(async () => make(file, await readVideo(file, signal), path, signal), signal);
      return path;
    };
    return pictures.run({ key: path, signal: asked.signal, work });
  };

  return {
    readFacts: (path, signal) => readFacts({ path, ffprobe, readImage, signal }),
    readStill: async (path, signal) => readImage(path, (await readIdentity(path)).sizeBytes, signal),
    planClip(facts, request) {
      const own = overrides();
      const answer = planClip(facts, request, limitsWith(own));
      return { ...answer, verdicts: markOverridden(answer.verdicts, request.target, own) };
    },
    checkImage(facts, edit) {
      const own = overrides();
      const answer = checkImage(facts, edit, limitsWith(own).image);
      return { ...answer, verdicts: markOverridden(answer.verdicts, 'image', own) };
    },
    prepareClip: (request) => clips.prepareClip(request),
    prepareImage: (request) => images.prepareImage(request),
    poster: (source, facts: VideoFacts | ImageFacts, signal) =>
      cached('posters', 'jpg', source, (path, runSignal) => still(source, facts, path, runSignal), signal),
    stillOf: (name, source, signal) =>
      named('posters', { name, source, signal }, (file, facts, output, runSignal) =>
        clipPoster(file, facts, output, runSignal),
      ),
    stripOf: (name, source, signal) =>
      named('strips', { name, source, signal }, async (file, facts, output, runSignal) => {
        const { path, features } = await tools.ffmpeg();
        await makeStrip({ ffmpeg: path, features, source: file, facts, output, signal: runSignal });
      }),
    timeline: (source, facts, onChange) => timelines.timeline(source, facts, onChange),
    stopTimeline: (source) => timelines.stop(source),
    filmstripPicture: (source, facts, n) => timelines.picture(source, facts, n),
    proxy: (source, facts, signal) =>
      cached(
        'proxies',
        'mp4',
        source,
        async (output, runSignal) =>
          makeProxy({ encoder: await tools.ffmpeg(), source, facts, output, signal: runSignal }),
        signal,
      ),
    tools: () => tools.both(),
    programs: async () => ({ ffmpeg: await tools.ffmpeg(), ffprobe: await tools.ffprobe() }),
    trimCache: (maxBytes, keep) => trimCache(cacheDir, maxBytes, keep),
    close: async () => {
      await Promise.all([clips.close(), images.close(), timelines.close(), pictures.close(), client.close(), swept]);
    },
  };
}
