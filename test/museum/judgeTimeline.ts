/** Judges what the timeline shows of a kind of clip: poster, filmstrip, peaks and cuts against ffmpeg's own decode at the same times. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { VideoFacts } from '../../shared/contract/media.ts';
import type { Timeline } from '../../shared/contract/timeline.ts';
import { readNumbers, type Workshop } from '../fixtures/media.ts';
import { factsOf } from '../fixtures/prepareField.ts';
import { type ReadPicture, readPictures, readSound } from '../fixtures/readClip.ts';
import type { ClipKind } from './kinds.ts';

/** A tenth of the tone that is drawn: what an encoder leaves of a pause is quieter. */
const LOUD = 0.012;
/** Stamps in milliseconds are rounded. */
const STAMP_SECONDS = 0.002;
/** A smeared edge, and the width of the peaks. */
const EDGE_SECONDS = 0.06;

/** Everything that is made of the clip in the background. */
export async function finishedTimeline(shop: Workshop, source: string, facts: VideoFacts): Promise<Timeline> {
  return new Promise((resolve, reject) => {
    const take = (timeline: Timeline) => {
      if (timeline.isScanned) resolve(timeline);
    };
    shop.media.timeline(source, facts, take).then(take, reject);
  });
}

interface Shown {
  pictures: readonly ReadPicture[];
  /** When the first one is shown, on the file's clock. */
  zero: number;
}

/** On the clip's clock: the number on screen at `seconds`, and its neighbours where a stamp is too near to tell. */
function onScreen({ pictures, zero }: Shown, seconds: number): number[] {
  const at = (when: number) => pictures.findLast((picture) => picture.seconds - zero <= when) ?? pictures[0];
  return [at(seconds - STAMP_SECONDS), at(seconds + STAMP_SECONDS)].map((picture) => picture?.number ?? -1);
}

async function assertStrip(judged: Judged, shown: Shown, { count, doneCount }: Timeline['filmstrip']): Promise<void> {
  const { shop, ffmpeg, source, facts, map } = judged;
  expect(doneCount, 'pictures of the filmstrip').toBe(count);
  const keys: Shown = { ...shown, pictures: await readPictures(ffmpeg, source, { map, keyframesOnly: true }) };
  const step = facts.durationSeconds / count;
  const files = await Promise.all(
    Array.from({ length: count }, (_, n) => shop.media.filmstripPicture(source, facts, n)),
  );
  // JPEGs one after the other are a film: one look reads them all.
  const strip = `${source}.strip.mjpeg`;
  await writeFile(strip, Buffer.concat(await Promise.all(files.map((file) => readFile(file ?? '')))));
  const numbers = await readNumbers(ffmpeg, strip);
  for (let n = 0; n < count; n += 1) {
    const found = numbers[n] ?? -1;
    // The middle of its stretch; where keyframes alone are dense enough, the last one before it.
    const right = [...onScreen(shown, (n + 0.5) * step), ...onScreen(keys, n * step)];
    if (judged.isMixed && right.some((one) => isMixOf(one, found))) continue;
    expect(right, `picture ${n} of the filmstrip shows ${found}`).toContain(found);
  }
}

async function assertPeaks({ ffmpeg, source, facts }: Judged, shown: Shown, peaks: Timeline['peaks']): Promise<void> {
  const sound = await readSound(ffmpeg, source, LOUD);
  if (facts.audio.length === 0) {
    expect(peaks).toBeNull();
    return;
  }
  if (!sound || !peaks || peaks.length === 0) throw new Error('no peaks');
  const heard = sound.beeps.flatMap(({ atSeconds, lengthSeconds }) => {
    const [from, to] = [atSeconds - shown.zero, atSeconds - shown.zero + lengthSeconds];
    return to > 0 && from < facts.durationSeconds ? [Math.max(0, from), Math.min(facts.durationSeconds, to)] : [];
  });
  const binSeconds = facts.durationSeconds / peaks.length;
  const [first, last] = [peaks.findIndex((peak) => peak > LOUD), peaks.findLastIndex((peak) => peak > LOUD)];
  if (heard.length === 0) {
    expect(first, 'loud in the peaks, silent in the file').toBe(-1);
    return;
  }
  const off = (bin: number, seconds: number) => Math.abs(bin * binSeconds - seconds);
  expect(off(first, Math.min(...heard)), `first loud bin ${first} of ${peaks.length}`).toBeLessThan(EDGE_SECONDS);
  expect(off(last + 1, Math.max(...heard)), `last loud bin ${last} of ${peaks.length}`).toBeLessThan(EDGE_SECONDS);
}

export type TimelineKind = Pick<ClipKind, 'id' | 'what' | 'draw' | 'trim' | 'pictureStream' | 'isMixed'> & {
  expect: Pick<ClipKind['expect'], 'numbers'>;
};

/** Bits that two neighbours share are as they are in the picture that holds a field of each; the others may be read either way. */
function isMixOf(one: number, found: number): boolean {
  return [one - 1, one + 1].some((other) => ((found ^ one) & ~(one ^ other)) === 0);
}

interface Judged {
  isMixed: boolean;
  shop: Workshop;
  ffmpeg: string;
  source: string;
  facts: VideoFacts;
  map: string;
}

/** Where the low bits of the number turn over all at once (or just after, where that one is missing), most of the picture changes: that may look like a cut, and is none to judge by. */
const TURNING = 16;

/** `cutAt`: the number of the one picture that begins a new shot. */
function assertCuts(shown: Shown, cuts: Timeline['cuts'], cutAt: number): void {
  const found = (cuts ?? []).map(({ seconds }) => onScreen(shown, seconds));
  const others = found.filter((numbers) => numbers.every((number) => number % TURNING > 1));
  expect(others.length, `cuts at ${found.map((numbers) => numbers.join('/')).join(', ')}`).toBe(1);
  expect(others[0]).toContain(cutAt);
}

export async function judgeTimelineOf(
  shop: Workshop,
  ffmpeg: string,
  kind: TimelineKind,
  cutAt?: number,
): Promise<void> {
  const folder = shop.path(`timeline-${kind.id}`);
  await mkdir(folder, { recursive: true });
  const source = await kind.draw({ ffmpeg, path: (name) => join(folder, name) });
  const facts = await factsOf(shop, source);
  const isMixed = kind.isMixed ?? false;
  const judged: Judged = { shop, ffmpeg, source, facts, isMixed, map: kind.pictureStream ?? '0:v:0' };
  const all = await readPictures(ffmpeg, source, { map: judged.map });
  // Of an untrimmed clip the first picture is known without any decoder.
  const first = (kind.trim ? undefined : kind.expect.numbers?.[0]) ?? all[0]?.number ?? -1;
  const pictures = all.slice(
    Math.max(
      0,
      all.findIndex(({ number }) => number === first),
    ),
  );
  const shown = { pictures, zero: pictures[0]?.seconds ?? 0 };
  expect(await readNumbers(ffmpeg, await shop.media.poster(source, facts)), 'poster').toEqual([first]);
  const timeline = await finishedTimeline(shop, source, facts);
  await assertStrip(judged, shown, timeline.filmstrip);
  await assertPeaks(judged, shown, timeline.peaks);
  if (cutAt !== undefined) assertCuts(shown, timeline.cuts, cutAt);
}
