/** The search field and the boxes beside it write into one text: pure. */
import { describe, expect, it } from 'vitest';
import {
  fieldTerms,
  hasTerm,
  piecesOf,
  toggleTerm,
  withoutTerm,
  wordsOf,
} from '../../../../renderer/state/library/queryText.ts';
import { parseQuery, queryTerm } from '../../../../shared/library/query.ts';

describe('library query text', () => {
  it('reads the same pieces as the grammar does', () => {
    const text = 'dance  -tag:"late night" rating>=4 "a phrase" clip:雨 -no';
    expect(piecesOf(text)).toEqual(['dance', '-tag:"late night"', 'rating>=4', '"a phrase"', 'clip:雨', '-no']);
    expect(piecesOf(text)).toHaveLength(parseQuery(text).terms.length);
  });

  it('a tick adds its term, the next takes it out; the words around it stay', () => {
    const term = queryTerm('character', 'the hero');
    const on = toggleTerm('rain', term);
    expect(on).toBe('rain character:"the hero"');
    expect(hasTerm(on, term)).toBe(true);
    expect(toggleTerm(on, term)).toBe('rain');
    expect(parseQuery(on).problems).toEqual([]);
  });

  it('what a person typed otherwise is the same term', () => {
    expect(hasTerm('Flag:PICK', 'flag:pick')).toBe(true);
    expect(hasTerm('character:“The Hero”', 'character:"the hero"')).toBe(true);
    expect(withoutTerm('a ＦＬＡＧ:pick b', 'flag:pick')).toBe('a b');
    expect(hasTerm('-flag:pick', 'flag:pick')).toBe(false);
  });

  it('tells terms with a field from plain words, each once', () => {
    const text = 'rain tag:x rating>=3 tag:x "in quotes"';
    expect(fieldTerms(text)).toEqual(['tag:x', 'rating>=3']);
    expect(wordsOf(text)).toBe('rain "in quotes"');
  });

  it('what has no value can be ticked too', () => {
    expect(toggleTerm('', queryTerm('project', ''))).toBe('project:""');
    expect(hasTerm('project:""', queryTerm('project', ''))).toBe(true);
  });
});
