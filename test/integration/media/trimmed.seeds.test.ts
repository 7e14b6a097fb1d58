/**
 * Clips of random structure, trimmed at random, are exact to the picture and have sound and picture together within one frame, or are
 * refused by name. One of them alone: `RESTAGE_TRIMMED_SEED=17 RESTAGE_TRIMMED_RUNS=1 npx vitest run test/integration/media/trimmed`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Crop, PreparePlan, Trim, VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import type { Preset } from '../../../shared/rules/limits.ts';
import { framesToSeconds } from '../../../shared/time/timecode.ts';
import { isWholeClip, trimSeconds, wholeClip } from '../../../shared/time/trim.ts';
import { fixtureFfmpeg, openWorkshop, type Workshop } from '../../fixtures/media.ts';
import { factsOf } from '../../fixtures/prepareField.ts';
import { type ReadSound, readPictures, readSound } from '../../fixtures/readClip.ts';
import { isTimeOver, runsOf, seedOf } from '../../fixtures/runs.ts';
import { type Chance, createChance } from '../../fixtures/seeded.ts';
import { drawRecipe, makeDrawnClip, type Recipe, rateOf } from '../../fixtures/trimmedClips.ts';
import { judgeTrimmed, wholePictures } from '../../fixtures/trimmedJudge.ts';

const RUNS = runsOf('TRIMMED', { short: 4, long: 300 });
const FIRST_SEED = seedOf('TRIMMED', 1);
/** Clips side by side: while one is read, another is encoded. */
const LANES = 2;
/** So many seeds are named of each outcome. */
const SHOWN_SEEDS = 8;

let shop: Workshop;
let ffmpeg: string;
beforeAll(async () => {
  shop = await openWorkshop();
  ffmpeg = await fixtureFfmpeg(shop.media);
});
afterAll(() => shop.close());

interface Order {
  trim: Trim;
  preset: Preset;
  crop?: Crop;
}

/** In and out as whole frames: near keyframes and off them, from the first, to the last, all, and sometimes too short. */
function drawFrames(chance: Chance, facts: VideoFacts, recipe: Recipe, total: number): [number, number] {
  const least = Math.ceil(3 * rateOf(recipe.rate));
  const latest = Math.max(0, total - least);
  const starts = (facts.cuts?.starts ?? [recipe.gop, recipe.gop * 2]).filter((start) => start <= latest);
  const key = starts.length > 0 ? chance.pick(starts) : 0;
  const way = chance.int(20);
  if (way === 0) return [0, Math.max(1, Math.min(total, least - 1 - chance.int(20)))];
  if (way < 4) return [0, total];
  const anywhere = chance.int(latest + 1);
  const aside = Math.min(latest, Math.max(0, key + chance.pick([-1, 1, 2])));
  const from = chance.pick([0, key, key, key, aside, anywhere, anywhere, latest]);
  const after = Array.from({ length: Math.max(0, total - from - least) + 1 }, (_, i) =>
    Math.min(total, from + least + i),
  );
  const clean = after.filter((to) => facts.cuts?.ends?.includes(to) ?? true);
  return [from, chance.is(0.25) ? total : chance.pick(chance.is(0.4) && clean.length > 0 ? clean : after)];
}

function drawOrder(chance: Chance, facts: VideoFacts, recipe: Recipe): Order {
  const whole = wholeClip(facts);
  const total = whole.unit === 'frames' ? whole.to : Math.floor(whole.to * rateOf(recipe.rate) + 1e-3);
  const [from, to] = drawFrames(chance, facts, recipe, total);
  const [num = 1, den = 1] = recipe.rate.split('/').map(Number);
  const seconds = (frames: number) => framesToSeconds(frames, { num, den });
  const trim: Trim =
    whole.unit === 'frames'
      ? { unit: 'frames', from, to }
      : { unit: 'seconds', from: seconds(from), to: to === total ? whole.to : seconds(to) };
  const preset = chance.pick(['fast', 'best', 'keep'] as const);
  // Above and below, so that the numbers stay where they are.
  const top = Math.round(facts.height / 8);
  const crop = { x: 0, y: top, width: facts.width, height: facts.height - top * 2 };
  return { trim, preset, ...(chance.is(0.15) ? { crop } : {}) };
}

/** How a seed ended: what was made, or the rule or code by which it was refused. */
type Outcome = PreparePlan['kind'] | `refused ${string}`;

interface Tried {
  outcome: Outcome;
  problems: string[];
  order?: Order | undefined;
}

function refusal(error: unknown, order?: Order): Tried {
  if (!(error instanceof RestageError)) throw error;
  const rules = error.reasons.map(({ rule }) => rule);
  const outcome: Outcome = `refused ${[error.code, ...rules].join(' ')}`;
  const problems = rules.length > 0 && error.code !== 'internal' ? [] : [`refused without a reason: ${error.message}`];
  return { outcome, problems, order };
}

/** Less than a packet and the filter's slack may be lost without a word. */
const LOST_SECONDS = 0.045;
const EDGE_SECONDS = 0.05;

/** Two pieces of sound claim the same time inside the range: of one of them it is lost. */
function losesSound(sound: ReadSound | null, facts: VideoFacts, trim: Trim): boolean {
  const range = trimSeconds(facts, trim);
  const [from, to] = [facts.startSeconds + range.from + EDGE_SECONDS, facts.startSeconds + range.to - EDGE_SECONDS];
  return (sound?.overlaps ?? []).some((lost) => lost.to - lost.from > LOST_SECONDS && lost.from < to && lost.to > from);
}

async function tryOrder(recipe: Recipe, source: string, facts: VideoFacts, order: Order): Promise<Tried> {
  const { plan, verdicts } = shop.media.planClip(facts, { target: 'motion-video', ...order });
  if (!plan) {
    const rules = verdicts.filter(({ state }) => state === 'blocked').map(({ rule }) => rule);
    return { outcome: `refused plan ${rules.join(' ')}`, problems: rules.length > 0 ? [] : ['no rule'], order };
  }
  const made = await shop.media.prepareClip({ source, facts, plan });
  const [pictures, sound, madePictures, madeSound] = await Promise.all([
    readPictures(ffmpeg, source),
    readSound(ffmpeg, source),
    readPictures(ffmpeg, made.path),
    readSound(ffmpeg, made.path),
  ]);
  await Promise.all([made.path, `${made.path}.json`].map((file) => rm(file)));
  const whole = wholePictures(pictures);
  const { trim, preset } = order;
  const problems = judgeTrimmed(
    { pictures: whole, sound },
    { pictures: madePictures, sound: madeSound },
    { trim, preset, drawnRate: rateOf(recipe.rate), kind: plan.kind },
  );
  const isCounted = facts.isConstantRate && facts.frameCount !== whole.length;
  if (isCounted) problems.push(`${facts.frameCount} pictures counted, ${whole.length} decoded`);
  const isSaid = verdicts.some(({ rule }) => rule === 'clip.soundOverlap');
  if (!isSaid && losesSound(sound, facts, trim)) problems.push('sound is lost at a joint, unsaid');
  if (plan.kind === 'untouched' && !isWholeClip(facts, trim)) problems.push('untouched, though it was trimmed');
  return { outcome: made.isSource ? 'untouched' : plan.kind, problems, order };
}

async function trySeed(seed: number): Promise<Tried> {
  const recipe = drawRecipe(seed);
  const folder = await mkdtemp(join(shop.folder, 'clip-'));
  let order: Order | undefined;
  try {
    const source = await makeDrawnClip(ffmpeg, folder, recipe);
    const facts = await factsOf(shop, source);
    order = drawOrder(createChance(seed + 1_000_000), facts, recipe);
    return await tryOrder(recipe, source, facts, order);
  } catch (error) {
    return refusal(error, order);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function describeFailure(seed: number, { problems, order, outcome }: Tried): string {
  const again = `RESTAGE_TRIMMED_SEED=${seed} RESTAGE_TRIMMED_RUNS=1`;
  return [
    `${again} (${outcome})`,
    ...problems.map((problem) => `  ${problem}`),
    `  clip ${JSON.stringify(drawRecipe(seed))}`,
    `  order ${JSON.stringify(order)}`,
  ].join('\n');
}

it(`${RUNS} drawn clips, trimmed, show exactly what was ordered, or are refused by name`, {
  timeout: 3_600_000,
}, async () => {
  const seedsOf = new Map<Outcome, number[]>();
  const failures: string[] = [];
  let next = FIRST_SEED;
  const lane = async () => {
    while (next < FIRST_SEED + RUNS && !isTimeOver()) {
      const seed = next;
      next += 1;
      const tried = await trySeed(seed);
      seedsOf.set(tried.outcome, [...(seedsOf.get(tried.outcome) ?? []), seed]);
      if (tried.problems.length > 0) {
        failures.push(describeFailure(seed, tried));
        process.stderr.write(`${failures.at(-1)}\n`);
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const lines = [...seedsOf]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([outcome, seeds]) => `  ${seeds.length} ${outcome} (${seeds.slice(0, SHOWN_SEEDS).join(' ')})`);
  process.stderr.write(`trimmed: ${next - FIRST_SEED} seeds from ${FIRST_SEED}\n${lines.join('\n')}\n`);
  expect(failures.join('\n')).toBe('');
});
