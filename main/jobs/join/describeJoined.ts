/** The recipe beside a joined performance: the whole stretch, its parts and where their seams lie. No money: the parts have theirs. */
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { shotIdOf } from '../../library/index/shot.ts';
import type { Sidecar } from '../../library/sidecar.ts';
import type { JobContext } from '../context.ts';
import type { PartToJoin } from './joinPlan.ts';
import type { Joined } from './makeJoined.ts';
import type { Performance } from './performances.ts';

interface JoinedResult {
  performance: Performance;
  id: string;
  joined: Joined;
  parts: readonly PartToJoin[];
  version: number;
}

const seconds = (value: number) => Number(value.toFixed(6));

export function describeJoined(
  context: Pick<JobContext, 'assets' | 'accounts' | 'clock'>,
  { performance, id, joined, parts, version }: JoinedResult,
  file: { facts: VideoFacts; path: string; sidecar: string; name: string },
): Sidecar {
  const [first] = performance.parts;
  if (!first) throw new Error('a performance without parts');
  const { part: _, ...ordered } = first.recipe;
  const recipe = { ...ordered, trim: first.recipe.part.whole };
  const video = context.assets.record(first.videoAssetId);
  const image = first.imageAssetId === null ? null : context.assets.record(first.imageAssetId);
  const source = (asset: typeof video) => ({
    ...{ name: asset.name, path: asset.path, assetId: asset.id, sizeBytes: asset.facts.sizeBytes },
  });
  const createdAt = new Date(context.clock.now()).toISOString();
  return {
    restage: version,
    item: {
      ...{ id, jobId: null, name: file.name, file: file.path, sidecar: file.sidecar, createdAt },
      ...{ width: file.facts.width, height: file.facts.height, durationSeconds: file.facts.durationSeconds },
      orderedSeconds: seconds(parts.at(-1)?.toSeconds ?? 0),
      ...{ sizeBytes: file.facts.sizeBytes, hasAudio: file.facts.audio.length > 0 },
      isSandbox: context.accounts.get(first.accountId).provider === 'sandbox',
      ...{ accountId: first.accountId, taskId: null, recipe, videoName: video.name, imageName: image?.name ?? null },
      creditsCharged: null,
      ...{ rating: 0, flag: 'none', isHidden: false, tags: [], note: '', notes: [] },
      ...{ project: recipe.project ?? null, shotId: shotIdOf(recipe), hasProvenance: null },
    },
    recipe,
    sources: { video: source(video), image: image && source(image) },
    prepared: null,
    // The name in the folder is claimed by it, as by an order.
    order: { jobId: id, orderId: performance.id, orderName: first.orderName, createdAt, retryOf: null },
    provider: null,
    price: null,
    joined: {
      performanceId: performance.id,
      isReencoded: joined.isReencoded,
      parts: performance.parts.map((job, index) => ({
        itemId: job.resultItemId ?? '',
        jobId: job.id,
        fromSeconds: seconds(parts[index]?.fromSeconds ?? 0),
        toSeconds: seconds(parts[index]?.toSeconds ?? 0),
        heldFrames: joined.plan.heldFrames[index] ?? 0,
      })),
      seamsSeconds: parts.slice(1).map(({ fromSeconds }) => seconds(fromSeconds)),
    },
  };
}
