/** Elements to order: no rendering, and each clip the same picture with other bytes, so that each goes up anew. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ElementRecipe } from '../../../shared/contract/jobs.ts';
import type { TestProfile } from '../app/harness.ts';
import { makeClip } from '../sandbox/harness.ts';

export interface FaceClips {
  /** An element of a clip that nobody has seen. */
  recipe(profile: TestProfile): Promise<ElementRecipe>;
  remove(): Promise<void>;
}

export async function openFaceClips(): Promise<FaceClips> {
  const folder = await mkdtemp(path.join(tmpdir(), 'restage-faces-'));
  const face = await readFile(
    await makeClip(folder, 'face', { seconds: 3, rate: 20, size: '720x720', hasSound: false }),
  );
  let number = 0;
  return {
    async recipe(profile) {
      number += 1;
      const box = Buffer.from([0, 0, 0, 12, ...Buffer.from('free'), 0, 0, number >> 8, number & 255]);
      const file = path.join(folder, `face-${number}.mp4`);
      await writeFile(file, Buffer.concat([face, box]));
      const videoId = await profile.add(file);
      return { kind: 'element', videoId, name: `n${number}`, description: 'a face', preset: 'fast' };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
