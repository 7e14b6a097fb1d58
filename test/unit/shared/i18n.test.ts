/** The catalogues: three languages with the same keys, the same parameters, no text that nothing uses and none that is missing. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../shared/errors.ts';
import { catalogs, createTranslator, languageOf } from '../../../shared/i18n/index.ts';
import { jobStates, waitingReasons } from '../../../shared/jobs/jobStates.ts';
import { knownTaskErrorCodes, taskErrorAdvice } from '../../../shared/jobs/taskErrors.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const pluralEnding = /_(zero|one|two|few|many|other)$/;
const baseOf = (key: string) => key.replace(pluralEnding, '');

function flatten(tree: object, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + name, value]] : flatten(value, `${prefix}${name}.`),
  );
}

const texts = {
  en: new Map(flatten(catalogs.en)),
  ja: new Map(flatten(catalogs.ja)),
  ko: new Map(flatten(catalogs.ko)),
};
const keys = [...new Set([...texts.en.keys()].map(baseOf))];

const parametersOf = (text: string) => [...text.matchAll(/\{\{-?\s*([\w.]+)[^}]*\}\}/g)].map((match) => match[1] ?? '');

/** Parameters of all plural forms of a key together: a form may leave out the count. */
function parameters(language: keyof typeof texts, key: string): string[] {
  const forms = [...texts[language]].filter(([name]) => baseOf(name) === key);
  return [...new Set(forms.flatMap(([, text]) => parametersOf(text)))].sort();
}

describe.each(['ja', 'ko'] as const)('%s against en', (language) => {
  it('has exactly the same keys, plural endings aside', () => {
    const own = new Set([...texts[language].keys()].map(baseOf));
    expect({
      missing: keys.filter((key) => !own.has(key)),
      tooMany: [...own].filter((key) => !keys.includes(key)),
    }).toEqual({ missing: [], tooMany: [] });
  });

  it('has the one plural form that the language knows', () => {
    const wrong = [...texts[language].keys()].filter((key) => /_(zero|one|two|few|many)$/.test(key));
    expect(wrong).toEqual([]);
  });

  it('fills in the same parameters', () => {
    const different = keys.filter((key) => String(parameters('en', key)) !== String(parameters(language, key)));
    expect(different).toEqual([]);
  });

  it('is not left in English', () => {
    // Names, formats and units stay; a sentence does not.
    const isProse = (text: string) =>
      /[a-z]{3,} [a-z]{2,}/.test(text.replaceAll(/\{\{[^}]*\}\}|`[^`]*`|--[\w-]+/g, ''));
    const native = language === 'ja' ? /[\u3040-\u30ff\u3400-\u9fff]/ : /[\uac00-\ud7af]/;
    const left = [...texts[language]].filter(([, text]) => isProse(text) && !native.test(text));
    expect(left).toEqual([]);
  });
});

describe('every text', () => {
  it('says something, without blanks at its ends', () => {
    const bad = Object.values(texts).flatMap((map) =>
      [...map].filter(([, text]) => text === '' || text !== text.trim()),
    );
    expect(bad).toEqual([]);
  });

  it('has both plural forms in English where it has one', () => {
    const plural = [...texts.en.keys()].filter((key) => pluralEnding.test(key)).map(baseOf);
    const halves = plural.filter((key) => !texts.en.has(`${key}_one`) || !texts.en.has(`${key}_other`));
    expect(halves).toEqual([]);
  });
});

function readSources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (name === path.join('shared', 'i18n')) return [];
    if (entry.isDirectory()) return readSources(name);
    return /\.(ts|tsx)$/.test(entry.name) ? [readFileSync(path.join(root, name), 'utf8')] : [];
  });
}

const source = ['main', 'preload', 'renderer', 'shared'].flatMap(readSources).join('\n');
/** Whole literals made of the characters of keys and ids; what stands inside a longer text or template is found as well. */
const literals = new Set([...source.matchAll(/(['"`])([\w.-]+)\1/g)].map((match) => match[2] ?? ''));
/** Words that code spells out: literals, and names of properties (tables by id). */
const words = new Set([...literals, ...[...source.matchAll(/(\w+)\??:/g)].map((match) => match[1] ?? '')]);
/** `rules.${rule}.title` as a pattern whose gaps must be words of the code. */
const templates = [...new Set([...source.matchAll(/`((?:[\w.]|\$\{[^}`]*\})*)`/g)].map((match) => match[1] ?? ''))]
  .filter((text) => text.includes('${') && /^[a-zA-Z]+\./.test(text))
  .map((text) => new RegExp(`^${text.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '(.+)')}$`));

function fits(key: string): boolean {
  return templates.some(
    (template) =>
      template
        .exec(key)
        ?.slice(1)
        .every((gap) => words.has(gap)) ?? false,
  );
}

function isUsed(key: string): boolean {
  if (literals.has(key) || fits(key)) return true;
  // `rule_image` is `rule` in the context "image".
  const [, base, context] = /^(.+)_([a-zA-Z]+)$/.exec(key) ?? [];
  return base !== undefined && context !== undefined && words.has(context) && isUsed(base);
}

describe('texts and code', () => {
  it('uses every text', () => {
    expect(keys.filter((key) => !isUsed(key))).toEqual([]);
  });

  it('has a text for every key that code asks for', () => {
    const areas = Object.keys(catalogs.en).join('|');
    const asked = [...source.matchAll(new RegExp(`\\b(?:t|find|translate)\\(\\s*'((?:${areas})\\.[\\w.]+)'`, 'g'))];
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.map((match) => match[1] ?? '').filter((key) => !keys.includes(key))).toEqual([]);
  });
});

describe('tables whose ids become keys', () => {
  const has = (prefix: string) => keys.some((key) => key === prefix || key.startsWith(`${prefix}.`));

  it('says what every error is', () => expect(errorCodes.filter((code) => !has(`errors.${code}`))).toEqual([]));

  it('names every state and every reason to wait', () => {
    expect(jobStates.filter((state) => !has(`jobs.state.${state}`))).toEqual([]);
    expect(waitingReasons.filter((reason) => !has(`jobs.waiting.${reason}`))).toEqual([]);
  });

  it('has an advice for every error of a task', () => {
    expect(knownTaskErrorCodes.filter((code) => !has(taskErrorAdvice(code).adviceKey))).toEqual([]);
  });
});

describe('the translator', () => {
  it.each([
    ['ja-JP', 'ja'],
    ['ko', 'ko'],
    ['en_US.UTF-8', 'en'],
    ['fr-FR', 'en'],
    ['', 'en'],
  ])('reads the locale %j as %s', (locale, language) => expect(languageOf(locale)).toBe(language));

  it('is ready at once and answers with a text', () => {
    for (const language of ['en', 'ja', 'ko'] as const) {
      const t = createTranslator(language) as (key: string) => string;
      const key = keys.find((name) => parameters('en', name).length === 0 && texts.en.has(name)) ?? '';
      expect(t(key)).toBe(texts[language].get(key));
    }
  });
});
