/** What the page and the terminal print of media: one form of seconds per language, codecs as the field writes them. */
import { describe, expect, it } from 'vitest';
import { codecText } from '../../../shared/media/codecs.ts';
import { formatSeconds } from '../../../shared/time/duration.ts';

describe('a length in seconds', () => {
  it.each([
    ['en', '5.20 s'],
    ['en-GB', '5.20 s'],
    ['ja', '5.20 秒'],
    ['ko', '5.20초'],
  ])('in %s reads %s', (language, text) => {
    expect(formatSeconds(5.2, language)).toBe(text);
  });
});

describe('a codec', () => {
  it.each([
    [{ codec: 'h264', bitDepth: 8, chroma: '4:2:0' }, 'H.264'],
    [{ codec: 'hevc', bitDepth: 10, chroma: '4:2:0' }, 'HEVC 10-bit'],
    [{ codec: 'prores', bitDepth: 10, chroma: '4:2:2' }, 'ProRes 10-bit 4:2:2'],
    [{ codec: 'ffv1', bitDepth: 8, chroma: 'other' }, 'FFV1'],
  ] as const)('%o reads %s', (facts, text) => {
    expect(codecText(facts)).toBe(text);
  });
});
