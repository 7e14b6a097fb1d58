/** Finding a source again: by its content, the file of its name first, and never a file that cannot be it. */
import { describe, expect, it } from 'vitest';
import { candidatesOf, findAgain } from '../../../renderer/state/order/relink.ts';
import type { Asset } from '../../../shared/contract/media.ts';
import type { Result } from '../../../shared/errors.ts';
import { videoAsset } from './samples.ts';

const size = videoAsset.facts.sizeBytes;

/** A file of any length without its bytes. */
function fileOf(name: string, sizeBytes: number): File {
  const made = new File([], name);
  Object.defineProperty(made, 'size', { value: sizeBytes });
  return made;
}

function intakeOf(ids: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const bringIn = async (one: File): Promise<Result<Asset>[]> => {
    asked.push(one.name);
    const id = ids[one.name];
    return [
      id === undefined
        ? { ok: false, error: { code: 'sourceUnreadable', reasons: [] } }
        : { ok: true, value: { ...videoAsset, id, name: one.name } },
    ];
  };
  return { asked, bringIn };
}

describe('candidates', () => {
  it('are as long as the source; its own name comes first, however it is written', () => {
    const wanted = { name: 'ダンス.MP4', sizeBytes: 10 };
    const files = [fileOf('other.mp4', 10), fileOf('ダンス.mp4'.normalize('NFD'), 10), fileOf('ダンス.mp4', 11)];
    expect(candidatesOf(wanted, files).map(({ name }) => name.normalize('NFC'))).toEqual(['ダンス.mp4', 'other.mp4']);
  });
});

describe('finding again', () => {
  it('takes the file with the same content, whatever it is called', async () => {
    const { asked, bringIn } = intakeOf({ 'dance.mp4': 'another', 'renamed.mp4': videoAsset.id });
    const files = [fileOf('renamed.mp4', size), fileOf('dance.mp4', size), fileOf('holiday.mp4', size + 1)];
    expect(await findAgain(videoAsset, files, bringIn)).toMatchObject({ asset: { id: videoAsset.id } });
    expect(asked).toEqual(['dance.mp4', 'renamed.mp4']);
  });

  it('brings nothing in that is of another length, and says so', async () => {
    const { asked, bringIn } = intakeOf({});
    expect(await findAgain(videoAsset, [fileOf('dance.mp4', size + 7)], bringIn)).toEqual({
      refusal: { kind: 'size', name: 'dance.mp4', foundBytes: size + 7, wantedBytes: size },
    });
    expect(asked).toEqual([]);
  });

  it('refuses other content of the same length, and hands on why a file cannot be read', async () => {
    const { bringIn } = intakeOf({ 'dance.mp4': 'another' });
    expect(await findAgain(videoAsset, [fileOf('dance.mp4', size)], bringIn)).toEqual({
      refusal: { kind: 'content', name: 'dance.mp4' },
    });
    expect(await findAgain(videoAsset, [fileOf('broken.mp4', size)], bringIn)).toEqual({
      refusal: { kind: 'error', error: { code: 'sourceUnreadable', reasons: [] } },
    });
  });
});
