/**
 * Twelve quirks × five orders × two builds of ffmpeg: everything that is prepared is legal and shows exactly the ordered pictures.
 * In `npm test` each quirk is tried with one order on one build, in turn; `npm run test:long` tries all 120.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { rateToNumber } from '../../../shared/time/timecode.ts';
import { fixtureFfmpeg, oldBinaries, openWorkshop, readNumbers, type Workshop } from '../../fixtures/media.ts';
import { expectedNumbers, type Order, orders, type Quirk, quirks } from '../../fixtures/quirks.ts';
import { isLong } from '../../fixtures/runs.ts';

const builds = [
  { build: 'the machine’s ffmpeg', binaries: undefined, turn: 0 },
  { build: 'the build of 2018', binaries: oldBinaries, turn: 3 },
];

let maker: Workshop;
let ffmpeg: string;
const made = new Map<string, string>();

beforeAll(async () => {
  maker = await openWorkshop();
  ffmpeg = await fixtureFfmpeg(maker.media);
});
afterAll(() => maker.close());

/** Each clip is made once for all orders and both builds. */
async function clipOf(quirk: Quirk): Promise<string> {
  const path = made.get(quirk.name) ?? (await quirk.make(ffmpeg, maker.path));
  made.set(quirk.name, path);
  return path;
}

/** In the quick run half of the quirks, each in another order and on one of the builds; 8K, which takes its time, only in the long one. */
function chosen(turn: number): [string, Quirk, Order][] {
  const isChosen = (q: number, o: number) =>
    !quirks[q]?.isSlow && o === (q + turn) % orders.length && q % (2 * builds.length) === turn % builds.length;
  return quirks.flatMap((quirk, q) =>
    orders
      .filter((_, o) => isLong || isChosen(q, o))
      .map((order): [string, Quirk, Order] => [`${quirk.name}, ${order.name}`, quirk, order]),
  );
}

describe.each(builds)('on $build', ({ binaries, turn }) => {
  let shop: Workshop;
  beforeAll(async () => {
    shop = await openWorkshop(binaries);
  });
  afterAll(() => shop.close());

  async function videoFacts(path: string): Promise<VideoFacts> {
    const facts = await shop.media.readFacts(path);
    if (facts.kind !== 'video') throw new Error(`${path} is no video`);
    return facts;
  }

  it.each(chosen(turn))('%s', async (_name, quirk, order) => {
    const source = await clipOf(quirk);
    const facts = await videoFacts(source);
    expect(quirk.hasQuirk(facts), JSON.stringify(facts)).toBe(true);
    const { crop } = quirk.shown;
    const request = { target: 'motion-video' as const, preset: 'fast' as const };
    const { plan, verdicts } = shop.media.planClip(facts, {
      ...request,
      trim: order.trimOf(quirk),
      crop: order.isCropped ? crop : undefined,
    });
    expect(verdicts.filter((verdict) => verdict.state === 'blocked')).toEqual([]);
    if (!plan) throw new Error('no plan');

    const prepared = await shop.media.prepareClip({ source, facts, plan });
    const found = await videoFacts(prepared.path);
    // Legal: read again, it could be sent as it is.
    const again = shop.media.planClip(found, { ...request, preset: 'keep' });
    expect(again.plan?.kind, JSON.stringify(again.verdicts)).toBe('untouched');
    if (order.isCropped) expect(found.width / found.height).toBeCloseTo(crop.width / crop.height, 1);

    const region = order.isCropped ? undefined : { ...quirk.shown };
    const numbers = await readNumbers(ffmpeg, prepared.path, region);
    const output = { count: plan.output.frameCount, fps: rateToNumber(plan.output.frameRate) };
    expect(numbers.join(' ')).toBe(expectedNumbers(quirk, facts, plan.trim, output).join(' '));
  });
});
