/** What is hidden in a name is seen: in texts, on the command line, in notifications; and is never part of a file's name. */
import { describe, expect, it } from 'vitest';
import { printable } from '../../../main/hosts/cli/table.ts';
import { catalogs, createTranslator } from '../../../shared/i18n/index.ts';
import { wordNews } from '../../../shared/outsideNews.ts';
import { resultName, safeName } from '../../../shared/words/resultName.ts';
import { shownText, withoutHidden } from '../../../shared/words/shownText.ts';

/** Says it is a picture, and is a program. */
const DISGUISED = 'cat\u202egpj.exe';

describe('names as they are', () => {
  it.each([
    [DISGUISED, 'cat‹U+202E›gpj.exe'],
    ['a\u200bb\u200dc\u2060d\ufeffe\u00adf', 'a‹U+200B›b‹U+200D›c‹U+2060›d‹U+FEFF›e‹U+00AD›f'],
    ['\u2066x\u2069\u061c\u200e', '‹U+2066›x‹U+2069›‹U+061C›‹U+200E›'],
    ['x\u{e0041}y\u3164', 'x‹U+E0041›y‹U+3164›'],
    ['bell\u0007 esc\u001b[31m', 'bell‹U+0007› esc‹U+001B›[31m'],
  ])('trust 15: %j', (text, shown) => {
    expect(shownText(text)).toBe(shown);
    expect(shownText(withoutHidden(text))).toBe(withoutHidden(text));
  });

  it('what belongs to a script or an emoji stays', () => {
    const honest = [
      '踊り 👩‍🎤 👍🏽 ❤️‍🔥.mp4',
      'می‌خواهم.mov',
      'क्‍ष',
      '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
      'مرحبا',
      'שלום',
      '葛\u{e0100}',
      'line\nline\ttab',
      'é ü ー 한글',
    ];
    for (const text of honest) {
      expect(shownText(text)).toBe(text);
      expect(withoutHidden(text)).toBe(text);
    }
  });

  it('trust 15: a long text of nothing but marks costs no more than its length', () => {
    expect(shownText('\u202e'.repeat(50_000))).toHaveLength(8 * 50_000);
  });

  it('trust 15: every text that a name is put into shows them, in every language', () => {
    for (const language of Object.keys(catalogs) as (keyof typeof catalogs)[]) {
      const t = createTranslator(language);
      expect(t('create.relink.find', { name: DISGUISED })).toContain('cat‹U+202E›gpj.exe');
      expect(t('create.relink.find', { name: '<b>&"\'/' })).toContain('<b>&"\'/');
    }
  });

  it('trust 15: the command line and notifications show them', () => {
    expect(printable(DISGUISED)).toBe('cat‹U+202E›gpj.exe');
    const recipe = { kind: 'element', name: DISGUISED };
    const news = { kind: 'finished', jobs: [{ recipe }] } as unknown as Parameters<typeof wordNews>[0];
    expect(wordNews(news, (key) => key).body).toBe('cat‹U+202E›gpj.exe');
  });

  it('trust 15: files of results are free of them', () => {
    expect(safeName(`a\u200b\u202e\u2066b\ufeff\u00adc`)).toBe('a bc');
    const named = {
      videoName: `dance\u200b\u202e.mp4`,
      imageName: 'he\u2060ro.png',
      project: '',
      inTimecode: '00:00:00:00',
    };
    const name = resultName('{character} on {clip}', { ...named, quality: '720p', take: 1, at: new Date() });
    expect(name).toBe('hero on dance');
  });
});
