/** A copy into the profile is its owner's alone, however wide its source is. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeAtomically } from '../../../main/media/files.ts';
import { copyToOwnFile } from '../../../main/storage/ownOnly.ts';

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'restage-own-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const modeOf = (file: string) => statSync(file).mode & 0o777;

describe.skipIf(process.platform === 'win32')('what is made in the profile', () => {
  it('trust 14: a copy of a file that others may read is its owner’s alone, also over one that was there', async () => {
    const folder = newFolder();
    const source = path.join(folder, 'source.mp4');
    const copy = path.join(folder, 'copy.mp4');
    writeFileSync(source, 'clip');
    chmodSync(source, 0o644);
    await copyToOwnFile(source, copy);
    expect(modeOf(copy)).toBe(0o600);
    await copyToOwnFile(source, copy);
    expect(modeOf(copy)).toBe(0o600);
    expect(readFileSync(copy, 'utf8')).toBe('clip');
  });

  it('trust 14: a file of the cache is its owner’s alone while it is still being written', async () => {
    const folder = newFolder();
    const output = path.join(folder, 'poster.jpg');
    const during = await writeAtomically(output, async (temporary) => {
      writeFileSync(temporary, 'half');
      return modeOf(temporary);
    });
    expect(during).toBe(0o600);
    expect(modeOf(output)).toBe(0o600);
  });
});
