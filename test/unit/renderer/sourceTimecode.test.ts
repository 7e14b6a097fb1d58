/** Source timecode: counted on from the first frame, drop-frame where the source is, over midnight, typed as well as read. */
import { describe, expect, it } from 'vitest';
import { formatSource, parseTyped, sourceStartOf } from '../../../renderer/state/trim/sourceTimecode.ts';
import type { ClipClock } from '../../../renderer/state/trim/trim.ts';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { videoAsset } from './samples.ts';

const ntsc: ClipClock = { unit: 'frames', rate: { num: 30000, den: 1001 }, length: 5000 };
const at25: ClipClock = { unit: 'frames', rate: { num: 25, den: 1 }, length: 500 };

function facts(sourceTimecode: string | null, patch: Partial<VideoFacts> = {}): VideoFacts {
  if (videoAsset.facts.kind !== 'video') throw new Error('not a video');
  return { ...videoAsset.facts, frameRate: ntsc.rate, sourceTimecode, ...patch };
}
function start(label: string, patch: Partial<VideoFacts> = {}) {
  const found = sourceStartOf(facts(label, patch));
  if (!found) throw new Error('no source timecode');
  return found;
}

it('is not shown where it says nothing of its own', () => {
  expect(sourceStartOf(facts(null))).toBeNull();
  expect(sourceStartOf(facts('00:00:00:00'))).toBeNull();
  expect(sourceStartOf(facts('not one'))).toBeNull();
  expect(sourceStartOf(facts('01:00:00:00', { hasEditList: true }))).toBeNull();
  expect(sourceStartOf(facts('01:00:00:00', { isConstantRate: false }))).toBeNull();
});

describe('counting on', () => {
  it('drops labels only where the source does', () => {
    // 01:00:59;29 is followed by 01:01:00;02.
    const drop = start('01:00:00;00');
    expect([1799, 1800].map((ticks) => formatSource(ntsc, drop, ticks))).toEqual(['01:00:59;29', '01:01:00;02']);
    const plain = start('01:00:00:00');
    expect(formatSource(ntsc, plain, 1800)).toBe('01:01:00:00');
  });

  it('goes on over midnight', () => {
    expect(formatSource(at25, start('23:59:59:20', { frameRate: at25.rate }), 10)).toBe('00:00:00:05');
    expect(formatSource(ntsc, start('23:59:59;28'), 4)).toBe('00:00:00;02');
  });
});

describe('typing', () => {
  const from = { frame: 90_000, isDropFrame: false };
  const typed = (text: string) => parseTyped(at25, text, { current: 100, start: from });

  it('reads a label of the source, and the clip’s own as before', () => {
    expect(typed('01:00:04:12')).toBe(112);
    expect(typed('00:00:04:12')).toBe(112);
    expect(typed('+12')).toBe(112);
    expect(typed('4.5')).toBe(113);
    expect(typed('nonsense')).toBeNull();
  });

  it('beyond both goes to the end', () => {
    expect(typed('02:00:00:00')).toBe(500);
  });

  it('finds what lies after midnight', () => {
    const late = start('23:59:55:00', { frameRate: at25.rate });
    expect(parseTyped(at25, '00:00:25:00', { current: 0, start: late })).toBe(500);
    expect(parseTyped({ ...at25, length: 1000 }, '23:59:57:00', { current: 0, start: late })).toBe(50);
  });
});
