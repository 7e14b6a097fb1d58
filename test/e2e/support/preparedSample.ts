/** The files that an order of the sample sends, in the cache of a profile: made as the app makes them, so that an order finds them there. */
import path from 'node:path';
import { createMedia } from '../../../main/media/index.ts';
import { silentLogger } from '../../fixtures/media.ts';
import { root, testEnv } from './runningHost.ts';
import { samples } from './samples.ts';

export async function prepareSample(profileDir: string): Promise<void> {
  const media = createMedia({
    cacheDir: path.join(profileDir, 'cache'),
    selfCommand: { command: process.execPath, args: [path.join(root, 'out/node/cli.js')] },
    logger: silentLogger,
    env: testEnv({ profileDir, libraryDir: '' }, 0),
  });
  try {
    const [clip, image] = [await media.readFacts(samples.video), await media.readFacts(samples.image)];
    if (clip.kind !== 'video' || image.kind !== 'image') throw new Error('the sample is something else');
    const { plan } = media.planClip(clip, { target: 'motion-video', preset: 'fast' });
    if (!plan) throw new Error('the sample has no plan');
    await media.prepareClip({ source: samples.video, facts: clip, plan });
    await media.prepareImage({ source: samples.image, facts: image });
  } finally {
    await media.close();
  }
}
