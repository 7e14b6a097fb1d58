/** The sample project's two files. */
import path from 'node:path';
import { root } from './runningHost.ts';

export const samples = {
  video: path.join(root, 'samples/dance.mp4'),
  image: path.join(root, 'samples/wanderer.jpg'),
} as const;
