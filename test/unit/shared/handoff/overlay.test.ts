/** Results laid over edits: on the frames that were ordered, at every place, or not at all. */
import { describe, expect, it } from 'vitest';
import { layOver } from '../../../../shared/handoff/overlay/layOver.ts';
import { orderFor, type RateCase, rateCases } from '../../../fixtures/handoff.ts';
import { at25, editFormats, editOf, laidIn, reasonsOf } from '../../../fixtures/handoffEdits.ts';

describe.each(editFormats)('W17: laid over %s', (format) => {
  it.each(rateCases)('at $name, on the frames that were ordered', (of) => {
    const edit = editOf(of, format, [{ in: 20, out: 320, record: 100 }], { startFrames: 1800 });
    const order = orderFor(of, { source: { startFrames: 1800 } });
    const laid = layOver(edit, [order]);
    // Ordered from frame 50 on, the edit begins with 20: 30 frames later.
    expect(laidIn(laid.text, format, of)).toEqual([{ record: format === 'edl' ? 40 : 130, in: 0, frames: 100 }]);
    expect(laid.places).toMatchObject([{ lengthFrames: 100, inFrames: 0, isCut: false }]);
    expect(laid.left).toEqual([]);
  });

  it('a part of what was ordered where the edit uses a part', () => {
    const edit = editOf(at25, format, [{ in: 80, out: 110, record: 10 }]);
    const laid = layOver(edit, [orderFor(at25)]);
    expect(laidIn(laid.text, format, at25)).toEqual([{ record: 10, in: 30, frames: 30 }]);
    expect(laid.places).toMatchObject([{ isCut: true }]);
  });

  it('a result that ended early covers what it has', () => {
    const edit = editOf(at25, format, [{ in: 0, out: 400, record: 10 }]);
    const laid = layOver(edit, [orderFor(at25, { media: { durationFrames: 60 } })]);
    expect(laidIn(laid.text, format, at25)).toEqual([{ record: 60, in: 0, frames: 60 }]);
  });

  it('every place that the clip has in the edit, each reported', () => {
    const edit = editOf(at25, format, [
      { in: 0, out: 100, record: 10 },
      { in: 100, out: 200, record: 120 },
      { in: 500, out: 600, record: 230 },
    ]);
    const laid = layOver(edit, [orderFor(at25)]);
    expect(laidIn(laid.text, format, at25)).toEqual([
      { record: 60, in: 0, frames: 50 },
      { record: 120, in: 50, frames: 50 },
    ]);
    expect(laid.places).toHaveLength(2);
  });

  it('keeps the timecode of a result that has one, and of another rate that fits', () => {
    const of50: RateCase = { name: '50', rate: { num: 50, den: 1 }, isDropFrame: false };
    const edit = editOf(of50, format, [{ in: 20, out: 320, record: 10 }]);
    const media = { rate: { num: 25, den: 1 }, startFrames: 90_000, durationFrames: 50 };
    const laid = layOver(edit, [orderFor(of50, { media })]);
    const [seen] = laidIn(laid.text, format, of50);
    expect(seen).toMatchObject({ record: 40, frames: 100 });
    expect(seen?.in).toBe(format === 'xmeml' ? 0 : 180_000);
  });

  it('the edit that does not hold the clip is said, with what it holds', () => {
    const edit = editOf(at25, format, [{ in: 0, out: 100, record: 10 }]);
    const source = { name: 'run.mov', path: '/media/rushes/run.mov' };
    expect(reasonsOf(edit, [orderFor(at25, { source })])).toMatchObject([
      { field: 'over', rule: 'handoff.clipNotInEdit', params: { clip: 'run.mov', count: 2 } },
    ]);
  });

  it('an edit that uses other frames of it is said, with both ranges', () => {
    const edit = editOf(at25, format, [{ in: 200, out: 300, record: 10 }]);
    expect(reasonsOf(edit, [orderFor(at25)])).toMatchObject([
      {
        rule: 'handoff.rangeNotInEdit',
        params: { from: '00:00:08:00', to: '00:00:12:00', orderedFrom: '00:00:02:00' },
      },
    ]);
  });

  it('23.976 in 24 is refused, and so is a source of another rate', () => {
    const of24: RateCase = { name: '24', rate: { num: 24, den: 1 }, isDropFrame: false };
    const edit = editOf(of24, format, [{ in: 0, out: 300, record: 10 }]);
    const media = { rate: { num: 24_000, den: 1001 } };
    expect(reasonsOf(edit, [orderFor(of24, { media })])).toMatchObject([
      { rule: 'handoff.resultRate', params: { rate: '23.976', timeline: '24' } },
    ]);
  });

  it('of two orders the one that has a place is laid, the other reported', () => {
    const edit = editOf(at25, format, [{ in: 0, out: 300, record: 10 }]);
    const stranger = orderFor(at25, { itemId: 'item-2', source: { name: 'run.mov', path: null } });
    const laid = layOver(edit, [stranger, orderFor(at25)]);
    expect(laid.places.map(({ itemId }) => itemId)).toEqual(['item-1']);
    expect(laid.left).toMatchObject([{ itemId: 'item-2', reason: { rule: 'handoff.clipNotInEdit' } }]);
  });

  it('is found as a transcoded copy, and not by what somebody called another file', () => {
    const places = [{ in: 0, out: 300, record: 10 }];
    const copy = editOf(at25, format, places, { path: '/Volumes/Raid/proxies/walk.mp4' });
    expect(layOver(copy, [orderFor(at25)]).places).toHaveLength(1);
    // The clip is called walk.mov there.
    const other = editOf(at25, format, places, { path: '/media/rushes/run.mov' });
    expect(reasonsOf(other, [orderFor(at25)])).toMatchObject([{ rule: 'handoff.clipNotInEdit' }]);
  });

  it('is found by its name where the path is another, whatever its case', () => {
    const edit = editOf(at25, format, [{ in: 0, out: 300, record: 10 }], { path: '/Volumes/Raid/WALK.MOV' });
    expect(layOver(edit, [orderFor(at25)]).places).toHaveLength(1);
  });
});
