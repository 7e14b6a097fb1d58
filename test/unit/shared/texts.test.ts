/** What people type is counted, compared and sent in one form. */
import { describe, expect, it } from 'vitest';
import type { MotionRecipe } from '../../../shared/contract/jobs.ts';
import { libraryCommands } from '../../../shared/contract/libraryCommands.ts';
import { tidyRecipe } from '../../../shared/rules/tidyRecipe.ts';
import { countCharacters, forbiddenCharacter, tidyText } from '../../../shared/words/texts.ts';

const syllables = '각난닫랄맘밥삿';
const decomposed = syllables.normalize('NFD');

describe('C4: characters', () => {
  it('are counted composed, without the blanks around them', () => {
    expect([decomposed.length, countCharacters(decomposed)]).toEqual([21, 7]);
    expect(countCharacters(' \u3000é\u0065\u0301 \n')).toBe(2);
    expect(countCharacters(' \t')).toBe(0);
  });

  it('that are none are found: controls and halves of pairs, line breaks and tabs where there is one line', () => {
    expect(forbiddenCharacter('a\u0007b')).toBe('U+0007');
    expect(forbiddenCharacter('a\u0085b', { isMultiline: true })).toBe('U+0085');
    expect(forbiddenCharacter('a\ud83d b', { isMultiline: true })).toBe('U+D83D');
    expect([forbiddenCharacter('a\nb'), forbiddenCharacter('a\tb')]).toEqual(['U+000A', 'U+0009']);
    expect(forbiddenCharacter('a\n\tb 踊る💃', { isMultiline: true })).toBeNull();
  });

  it('of a recipe are sent in that form, and its callback as it was parsed', () => {
    const motion: MotionRecipe = {
      ...{ kind: 'motion', videoId: 'v', imageId: 'i', orientation: 'image', quality: '720p', preset: 'fast' },
      ...{ keepSound: true, watermark: false, elementId: ' left alone ' },
      ...{ prompt: ` ${decomposed}\r\nsecond line\n`, project: ` ${decomposed} `, callbackUrl: 'https://EXAMPLE.com' },
    };
    expect(tidyRecipe(motion)).toEqual({
      ...motion,
      ...{ prompt: `${syllables}\nsecond line`, project: syllables, callbackUrl: 'https://example.com/' },
    });
    expect(
      tidyRecipe({ kind: 'element', videoId: 'v', name: ` ${decomposed}`, description: 'x ', preset: 'fast' }),
    ).toEqual({ kind: 'element', videoId: 'v', name: syllables, description: 'x', preset: 'fast' });
  });

  it('of names, tags and notes of results are kept in that form, or refused', () => {
    const parse = (input: object) => libraryCommands['library.update'].input.safeParse({ id: 'x', ...input });
    expect(parse({ name: ` ${decomposed} `, tags: [` ${decomposed}`], note: ' a\r\nb ' }).data).toEqual({
      ...{ id: 'x', name: syllables, tags: [syllables], note: 'a\nb' },
    });
    for (const bad of [{ name: 'a\u0007' }, { name: '  ' }, { tags: ['a\nb'] }, { note: 'a\0' }])
      expect(parse(bad).success).toBe(false);
    expect(tidyText('')).toBe('');
  });
});
