/** Names of results: legal everywhere, by today's template unless a person has another, and what is wrong with one. */
import { describe, expect, it } from 'vitest';
import {
  defaultNamingTemplate,
  findNamingTrouble,
  type NamedResult,
  namingTemplateMaxLength,
  namingTokens,
  resultName,
  safeName,
} from '../../../shared/words/resultName.ts';

const named = (template: string, more: Partial<NamedResult> = {}) =>
  resultName(template, {
    videoName: 'dance.final.mp4',
    imageName: 'hero.png',
    project: 'Night Train',
    inTimecode: '00:00:04;12',
    quality: '1080p',
    take: 3,
    at: new Date(2026, 2, 9, 7, 5),
    ...more,
  });

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
});

describe('a template', () => {
  it('says who does what, when, as long as nobody has another one', () => {
    expect(named(defaultNamingTemplate)).toBe('hero on dance.final 2026-03-09');
    expect(named(defaultNamingTemplate, { imageName: null })).toBe('dance.final 2026-03-09');
  });

  it.each([
    ['{character}', 'hero'],
    ['{clip}', 'dance.final'],
    ['{project}', 'Night Train'],
    ['{in}', '00-00-04-12'],
    ['{quality}', '1080p'],
    ['{date}', '2026-03-09'],
    ['{time}', '07-05'],
    ['{take}', '03'],
    ['{project}_{clip}_t{take}', 'Night Train_dance.final_t03'],
    ['selects', 'selects'],
  ])('%s makes %s', (template, name) => {
    expect(findNamingTrouble(template)).toBeNull();
    expect(named(template)).toBe(name);
  });

  it.each([
    ['{project} – {clip}', 'dance.final'],
    ['{clip} – {project}', 'dance.final'],
    ['{clip} {project} {take}', 'dance.final 03'],
    ['{clip} ({project}) {take}', 'dance.final 03'],
    ['【{project}】{clip}', 'dance.final'],
    ['{project}', 'hero on dance.final 2026-03-09'],
  ])('%s leaves no seam where there is no project: %s', (template, name) => {
    expect(named(template, { project: ' ' })).toBe(name);
  });

  it('takes values as they are: a token in a name is no token', () => {
    expect(named('{clip} {take}', { videoName: '{take}.mp4' })).toBe('{take} 03');
    expect(named('{clip}', { videoName: 'a/b:c.mp4' })).toBe('a b c');
    expect(named('{project}', { project: 'CON' })).toBe('_CON');
  });

  it('cuts every value before it pushes the others out, and the whole before it is too long for a file', () => {
    const long = '踊'.repeat(80);
    const name = named('{clip} {character} {project} {take}', { videoName: long, imageName: long, project: 'p' });
    expect(name).toBe(`${'踊'.repeat(23)} ${'踊'.repeat(23)} p 03`);
    const longer = named(`${'x'.repeat(150)} {clip}`, { videoName: long });
    expect(Buffer.byteLength(longer)).toBeLessThanOrEqual(180);
  });
});

describe('what is wrong with a template', () => {
  it.each([
    ['', { rule: 'naming.empty' }],
    ['  ', { rule: 'naming.empty' }],
    ['...', { rule: 'naming.empty' }],
    ['{clip} {shot}', { rule: 'naming.token', token: '{shot}' }],
    ['{Clip}', { rule: 'naming.token', token: '{Clip}' }],
    ['{}', { rule: 'naming.token', token: '{}' }],
    ['{clip', { rule: 'naming.token', token: '{' }],
    ['clip}', { rule: 'naming.token', token: '}' }],
    ['{clip}/{date}', { rule: 'naming.characters', characters: '/' }],
    ['a: {clip}?', { rule: 'naming.characters', characters: ': ?' }],
    ['{clip}\t{date}', { rule: 'naming.characters', characters: 'U+0009' }],
    ['x'.repeat(namingTemplateMaxLength + 1), { rule: 'naming.length', max: namingTemplateMaxLength }],
  ])('%j: %j', (template, trouble) => {
    expect(findNamingTrouble(template)).toEqual(trouble);
  });

  it('nothing with any of the tokens', () => {
    for (const token of namingTokens) expect(findNamingTrouble(`{${token}}`)).toBeNull();
  });
});
