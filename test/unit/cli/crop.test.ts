/** `--crop`: a ratio is the largest even box in the middle, a box is itself, anything else is refused by name. */
import { describe, expect, test } from 'vitest';
import { parseCrop, resolveCrop } from '../../../main/hosts/cli/crop.ts';
import { videoFacts } from '../../fixtures/mediaFacts.ts';

describe('what is typed', () => {
  test.each([
    '',
    '9',
    '9:0',
    '0x10+0+0',
    '608x1080',
    '608x1080+656',
    '9:16:1',
    '-9:16',
    '608X1080+1+1',
    '9:16 and more',
  ])('%j is no crop', (text) => expect(parseCrop(text)).toBeNull());

  test('is read as a ratio or as a box', () => {
    expect(parseCrop(' 4:5 ')).toEqual({ kind: 'ratio', ratio: 0.8 });
    expect(parseCrop('608x1080+656+0')).toEqual({ kind: 'box', box: { x: 656, y: 0, width: 608, height: 1080 } });
  });
});

describe('of a clip', () => {
  const facts = videoFacts({ width: 1920, height: 1080 });

  test('a ratio takes the largest box in the middle', () => {
    expect(resolveCrop(facts, '9:16')).toEqual({ x: 656, y: 0, width: 608, height: 1080 });
  });

  test('a ratio that the picture has already cuts nothing', () => {
    expect(resolveCrop(facts, '16:9')).toBeUndefined();
    expect(resolveCrop(facts, undefined)).toBeUndefined();
  });

  test('a box stays as it was typed, also outside: the check refuses it with the picture beside it', () => {
    expect(resolveCrop(facts, '9999x20+0+1')).toEqual({ x: 0, y: 1, width: 9999, height: 20 });
  });
});
