import { describe, expect, it } from 'vitest';
import { resultName, safeName } from '../../../main/library/naming.ts';

describe('names of results', () => {
  it.each([
    ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j'],
    ['CON', '_CON'],
    ['nul', '_nul'],
    ['  . hidden. ', 'hidden'],
    ['-rf', 'rf'],
    ['', '_'],
    ['踊る 🕺', '踊る 🕺'],
    ['a\u0000\nb', 'a b'],
    ['con.take', '_con.take'],
    ['Com1 .mov', '_Com1 .mov'],
    ['LPT³', '_LPT³'],
    ['CONIN$', '_CONIN$'],
    ['console', 'console'],
    ['cle\u0301', 'clé'],
    ['half \ud83d of a pair', 'half \ufffd of a pair'],
    ['gnp.\u202e4pm', 'gnp. 4pm'],
  ])('%j is written %j', (from, to) => {
    expect(safeName(from)).toBe(to);
  });
  it('leaves room for every suffix within 255 bytes, and cuts no character in two', () => {
    const name = safeName('踊'.repeat(200));
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
    expect(name).toBe('踊'.repeat(60));
  });
  it('leaves a picture of several code points whole or out', () => {
    const family = '👨‍👩‍👧‍👦';
    const name = safeName(`x${family.repeat(20)}`);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
    expect(name).toBe(`x${family.repeat(7)}`);
    expect(safeName(`${'a'.repeat(178)} . b`)).toBe('a'.repeat(178));
  });
  it('says who does what, when', () => {
    expect(resultName({ videoName: 'dance.final.mp4', imageName: 'hero.png', at: new Date(2026, 2, 9) })).toBe(
      'hero on dance.final 2026-03-09',
    );
  });
});
