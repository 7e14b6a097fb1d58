/** Results of the library as what a timeline needs to know of them: facts of their files, and the frames of the source that were ordered. */
import type {
  HandoffClip,
  HandoffMarker,
  HandoffMedia,
  HandoffOrder,
  HandoffTimeline,
} from '../../shared/contract/handoff.ts';
import type { CommandOutput, CommandParsed } from '../../shared/contract/index.ts';
import type { LibraryItem } from '../../shared/contract/library.ts';
import type { VideoFacts } from '../../shared/contract/media.ts';
import { type Reason, RestageError } from '../../shared/errors.ts';
import {
  convertFrames,
  floorFrames,
  hourOne,
  rateName,
  ratesFit,
  standardRate,
} from '../../shared/handoff/timeline.ts';
import { type FrameRate, frameAt, isDropFrameRate, timecodeToFrames } from '../../shared/time/timecode.ts';
import { toClipUnit, totalFrames, wholeClip } from '../../shared/time/trim.ts';
import type { AssetFile, Assets } from '../intake/assets.ts';
import type { LibraryStore } from '../library/store.ts';
import type { MediaService } from '../services.ts';
import { isBelow, isOwnFile, realFileInside } from '../storage/ownFiles.ts';
import type { MadeCopy } from './conform/madeCopies.ts';

export interface GatherServices {
  library: Pick<LibraryStore, 'get'>;
  assets: Pick<Assets, 'record'>;
  media: Pick<MediaService, 'readFacts'>;
  libraryFolders: () => Iterable<string>;
  /** Bytes that came through a page lie there: no editing program knows the place. */
  stagingDir: string;
  /** The copy that these tasks made for the edit, to be named instead of the result itself; null: none. */
  copyOf: (itemId: string, taskIds: readonly string[]) => MadeCopy | null;
}

interface Gathered {
  item: LibraryItem;
  media: HandoffMedia;
  markers: HandoffMarker[];
}

/** So many files are looked at at once: each look starts a process. */
const LANES = 2;

/** Throws refused with a reason per result that cannot be handed over; notFound for an id that is none. */
export async function gatherHandoff(
  services: GatherServices,
  { ids, as, name, copiesOf }: CommandParsed<'handoff.gather'>,
): Promise<CommandOutput<'handoff.gather'>> {
  const items = ids.map((id) => services.library.get(id));
  const gathered: Gathered[] = [];
  const reasons: Reason[] = [];
  for (let at = 0; at < items.length; at += LANES) {
    const some = await Promise.all(items.slice(at, at + LANES).map((item) => gatherItem(services, item, copiesOf)));
    for (const found of some) {
      if ('rule' in found) reasons.push(found);
      else gathered.push(found);
    }
  }
  if (as === 'orders') {
    const orders: HandoffOrder[] = [];
    for (const found of gathered) {
      const order = orderOf(services, found);
      if ('rule' in order) reasons.push(order);
      else orders.push(order);
    }
    throwAll(reasons);
    return { timeline: null, orders };
  }
  throwAll(reasons);
  return { timeline: timelineOf(gathered, name), orders: [] };
}

function throwAll(reasons: Reason[]): void {
  if (reasons.length > 0) throw new RestageError('refused', { reasons });
}

async function gatherItem(
  services: GatherServices,
  item: LibraryItem,
  copiesOf: readonly string[] | undefined,
): Promise<Gathered | Reason> {
  const copy = copiesOf ? services.copyOf(item.id, copiesOf) : null;
  if (copiesOf && !copy) return { field: 'ids', rule: 'handoff.noCopy', params: { name: item.name } };
  const file = copy ? ownFile(copy.file) : await realFileInside(item.file, services.libraryFolders());
  const facts = file === null ? null : await services.media.readFacts(file);
  if (facts?.kind !== 'video') return { field: 'ids', rule: 'handoff.missing', params: { name: item.name } };
  if (!facts.isConstantRate) return { field: 'ids', rule: 'handoff.notConstant', params: { name: item.name } };
  const media = mediaOf(copy?.file ?? item.file, facts, sourceOf(services, item)?.facts ?? null);
  // A copy that is played faster or slower has the same picture at another moment.
  const pace = copy?.isRestamped ? facts.durationSeconds / item.durationSeconds : 1;
  // Notes about the whole have no place on a timeline.
  const markers = item.notes.flatMap(({ atSeconds, text, isDone }) =>
    atSeconds === null ? [] : { atFrames: frameAt(atSeconds * pace, media.rate), text, isDone },
  );
  return { item, media, markers };
}

/** A link under a copy's name leads elsewhere. */
const ownFile = (file: string): string | null => (isOwnFile(file) ? file : null);

function mediaOf(path: string, facts: VideoFacts, source: VideoFacts | null): HandoffMedia {
  const rate = standardRate(facts.frameRate);
  const [sound] = facts.audio;
  const { startFrames, isDropFrame } = timecodeStart(facts, rate);
  return {
    path,
    rate,
    // A file without timecode is counted as its source was.
    isDropFrame: facts.sourceTimecode === null ? isDropFrameRate(rate) && isDropped(source) : isDropFrame,
    startFrames,
    durationFrames: Math.max(1, totalFrames(facts)),
    width: facts.width,
    height: facts.height,
    sound: sound ? { channels: sound.channels, rateHz: sound.sampleRateHz } : null,
    reel: null,
    colorSpace: facts.colorPrimaries === 'bt709' && facts.colorTransfer === 'bt709' ? 'rec709' : null,
  };
}

const isDropped = (facts: VideoFacts | null): boolean => facts?.sourceTimecode?.includes(';') ?? false;

/** What cannot be read as a timecode of this rate is none. */
function timecodeStart(facts: VideoFacts, rate: FrameRate): { startFrames: number; isDropFrame: boolean } {
  const startFrames = facts.sourceTimecode === null ? null : timecodeToFrames(facts.sourceTimecode, rate);
  return { startFrames: startFrames ?? 0, isDropFrame: startFrames !== null && isDropped(facts) };
}

/** Null: the reference is not known any more, or nothing was ordered (an imported video). */
function sourceOf({ assets }: GatherServices, { recipe }: LibraryItem): (AssetFile & { facts: VideoFacts }) | null {
  if (recipe === null) return null;
  try {
    const record = assets.record(recipe.videoId);
    return record.facts.kind === 'video' ? { ...record, facts: record.facts } : null;
  } catch (error) {
    if (error instanceof RestageError && error.code === 'notFound') return null;
    throw error;
  }
}

function orderOf(services: GatherServices, { item, media, markers }: Gathered): HandoffOrder | Reason {
  const source = sourceOf(services, item);
  if (!source) return { field: 'ids', rule: 'handoff.sourceUnknown', params: { clip: item.videoName } };
  const { facts } = source;
  const rate = standardRate(facts.frameRate);
  const trim = toClipUnit(facts, item.recipe?.trim ?? wholeClip(facts));
  // A clip of variable rate is trimmed in seconds; programs show it at its average, on the nearest frame.
  const frames = (value: number) => (trim.unit === 'frames' ? value : Math.round((value * rate.num) / rate.den));
  const inFrames = frames(trim.from);
  return {
    itemId: item.id,
    name: item.name,
    media,
    markers,
    source: {
      name: source.name,
      path: isBelow(services.stagingDir, source.path) ? null : source.path,
      rate,
      ...timecodeStart(facts, rate),
      width: facts.width,
      height: facts.height,
      inFrames,
      outFrames: Math.max(inFrames + 1, frames(trim.to)),
    },
  };
}

/** End to end, at the rate and size of the first. Throws refused where another rate does not fit into that. */
function timelineOf(gathered: readonly Gathered[], name: string | undefined): HandoffTimeline {
  const [first] = gathered;
  if (!first) throw new RestageError('internal', { detail: 'a timeline of nothing' });
  const { rate, isDropFrame, width, height } = first.media;
  const strangers = gathered.filter(({ media }) => !ratesFit(media.rate, rate));
  throwAll(
    strangers.map(({ item, media }) => {
      const params = { name: item.name, rate: rateName(media.rate), first: first.item.name, firstRate: rateName(rate) };
      return { field: 'ids', rule: 'handoff.mixedRates', params };
    }),
  );
  let recordFrames = 0;
  const clips = gathered.map(({ item, media, markers }): HandoffClip => {
    // Of twice the rate an odd last frame has no place of its own.
    const length = Math.max(1, floorFrames(media.durationFrames, media.rate, rate));
    const outFrames = convertFrames(length, rate, media.rate) ?? media.durationFrames;
    const clip = { itemId: item.id, name: item.name, media, inFrames: 0, outFrames, recordFrames, markers };
    recordFrames += length;
    return clip;
  });
  const title = name ?? (gathered.length === 1 ? first.item.name : 'Restage');
  return { name: title, rate, isDropFrame, startFrames: hourOne(rate, isDropFrame), width, height, clips };
}
