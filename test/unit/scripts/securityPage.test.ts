/** SECURITY.md: every file that it names is there, every test that it names is in that file; and what its table says of the window's options. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const read = (name: string) => fs.readFileSync(path.join(root, name), 'utf8');
const rows = read('SECURITY.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('`test/'));

/** `file` › name, where one is named. */
const tests = rows.flatMap((row) =>
  [...row.matchAll(/`(test\/[^`]+)`(?: › ([^|]+?))? \|/g)].map(([, file = '', name]) => ({ file, name })),
);

describe('C9: SECURITY.md', () => {
  it('has a row for each of the twenty items of Electron’s list', () => {
    const items = rows.flatMap((row) => (/^\| ([\d, ]+) [A-Z`N]/.exec(row)?.[1] ?? '').split(', ').filter(Boolean));
    expect(items.map(Number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('names a test in every row', () => {
    expect(tests).toHaveLength(rows.length);
    expect(rows.length).toBeGreaterThan(30);
  });

  it.each(tests)('names a test that is there: $file › $name', ({ file, name }) => {
    const text = read(file);
    if (name !== undefined) expect(text).toMatch(new RegExp(`\\b(?:it|test)\\b[^\\n]*\\(?\\s*['"\`]${escaped(name)}`));
  });

  it('names code that is there', () => {
    const places = rows.flatMap((row) => [...row.matchAll(/`((?:main|preload|renderer|scripts|shared)\/[^`]+)`/g)]);
    for (const [, place = ''] of places) expect(fs.existsSync(path.join(root, place)), place).toBe(true);
  });
});

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

describe('C9: the program', () => {
  it('turns on no experimental features', () => {
    const files = fs
      .readdirSync(path.join(root, 'main'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'));
    for (const name of files) {
      expect(read(path.join('main', name)), name).not.toMatch(
        /experimentalFeatures|enableBlinkFeatures|webSecurity: false|sandbox: false|nodeIntegration: true/,
      );
    }
  });

  it('pins Electron exactly', () => {
    expect(JSON.parse(read('package.json')).devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
