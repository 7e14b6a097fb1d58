/** What begins like an SVG is told in one pass, whatever stands before it. */
import { describe, expect, it } from 'vitest';
import { beginsLikeSvg } from '../../../main/media/picture/svgHead.ts';
import { answerWithin } from '../../fixtures/answerWithin.ts';

describe('the first bytes of an SVG', () => {
  it('trust 3: seventy comments before nothing are looked at in no time', async () => {
    const head = new Uint8Array(Buffer.from('<!---->'.repeat(73)));
    const answer = await answerWithin(20_000, 'main/media/facts/sniff.ts', 'sniffKind', [head]);
    expect(answer).toMatchObject({ ok: true, value: 'other' });
    expect(answer.turn.workedMs).toBeLessThan(250);
  });

  it.each([
    ['<svg xmlns="http://www.w3.org/2000/svg">', true],
    [
      '\uFEFF\n<?xml version="1.0"?>\n<!-- one --><!-- <svg> -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n<svg>',
      true,
    ],
    ['<!DOCTYPE svg [ <!ENTITY a "b"> ]><svg/>', true],
    ['<!DOCTYPE html><html><svg>', false],
    ['<svgfont>', false],
    ['<!-- never closed <svg>', false],
    ['', false],
    ['<html><svg>', false],
  ])('%s', (head, isSvg) => {
    expect(beginsLikeSvg(head)).toBe(isSvg);
  });
});
