/** Tables line up in a terminal whatever the names are. */
import { expect, test } from 'vitest';
import { displayWidth, printable, renderTable, truncate } from '../../../main/hosts/cli/table.ts';

test.each([
  ['abc', 3],
  ['踊り', 4],
  ['한국', 4],
  ['🎬', 2],
  ['👩‍🎤', 2],
  ['é', 1],
  ['e\u0301', 1],
  ['', 0],
])('%s takes %i cells', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test('columns start in the same cell on every line', () => {
  const table = renderTable(
    [{ header: 'NAME' }, { header: 'STATE' }],
    [
      ['踊り🎬', 'done'],
      ['dance.mp4', 'failed'],
    ],
    {
      width: 80,
      paintHeader: (text) => text,
    },
  );
  const starts = table
    .trimEnd()
    .split('\n')
    .map((line) => displayWidth(line.slice(0, line.search(/(STATE|done|failed)$/))));
  expect(new Set(starts).size).toBe(1);
});

test('long names lose their middle, never half a character', () => {
  const text = truncate('とても長い名前のクリップ.mp4', 16);
  expect(displayWidth(text)).toBeLessThanOrEqual(16);
  expect(text).toContain('…');
  expect(text.endsWith('.mp4')).toBe(true);
  expect(truncate('👩‍🎤👩‍🎤👩‍🎤👩‍🎤', 5)).not.toMatch(/\u200D$/);
});

test('only columns that may shrink do, until the line fits', () => {
  const table = renderTable([{ header: 'ID' }, { header: 'JOB', mayShrink: true }], [['1234567890', 'x'.repeat(60)]], {
    width: 40,
    paintHeader: (text) => text,
  });
  const row = table.split('\n')[1] ?? '';
  expect(displayWidth(row)).toBe(40);
  expect(row).toContain('1234567890');
});

test('a file name cannot speak to the terminal', () => {
  expect(printable('a\u001b[31mb\nc')).toBe('a\uFFFD[31mb\uFFFDc');
});
