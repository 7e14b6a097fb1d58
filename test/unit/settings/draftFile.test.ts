/** The form as it was left, in the profile: the last words win, and a file that is gone or cannot be read is an empty form. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDraftFile } from '../../../main/settings/draftFile.ts';

let profileDir: string;
beforeEach(() => {
  profileDir = mkdtempSync(path.join(os.tmpdir(), 'restage-draft-'));
});
afterEach(() => rmSync(profileDir, { recursive: true }));

it('is what was kept last, however fast one follows the other, and nothing else lies beside it', async () => {
  const file = createDraftFile(profileDir, 'draft.json');
  expect(await file.read()).toBeNull();
  const texts = Array.from({ length: 20 }, (_, index) => JSON.stringify({ index }));
  await Promise.all(texts.map((text) => file.keep(text)));
  expect(await file.read()).toBe(texts.at(-1));
  expect(await createDraftFile(profileDir, 'draft.json').read()).toBe(texts.at(-1));
  expect(readdirSync(profileDir)).toEqual(['draft.json']);
});

it('a write that fails says so, and the next one works', async () => {
  const file = createDraftFile(profileDir, 'draft.json');
  const inTheWay = path.join(profileDir, 'draft.json.tmp');
  mkdirSync(inTheWay);
  await expect(file.keep('first')).rejects.toThrow();
  rmSync(inTheWay, { recursive: true, force: true });
  await file.keep('second');
  expect(readFileSync(path.join(profileDir, 'draft.json'), 'utf8')).toBe('second');
});
