/** Parsed once, shared, and never changed by a reader; what is not asked for goes first. */
import { expect, it } from 'vitest';
import { createParsedTexts } from '../../../main/jobs/record/parsedTexts.ts';

it('answers one frozen value for one text', () => {
  const parse = createParsedTexts();
  const first = parse('{"a":[1,{"b":2}]}') as { a: [number, { b: number }] };
  expect(first).toEqual({ a: [1, { b: 2 }] });
  expect(parse('{"a":[1,{"b":2}]}')).toBe(first);
  expect(() => {
    first.a[1].b = 3;
  }).toThrow(TypeError);
  expect(() => parse('{')).toThrow(SyntaxError);
});

it('holds so many characters and no more, the texts asked for last', () => {
  const parse = createParsedTexts(8);
  const [a, b] = [parse('[1]'), parse('[2]')];
  expect(parse('[1]')).toBe(a);
  parse('[3]');
  expect(parse('[1]')).toBe(a);
  expect(parse('[2]')).not.toBe(b);
});
