/** `image-worker`: the process in which images are decoded, apart from everything that matters. */
import { runImageWorker } from '../../../media/picture/imageWorker.ts';
import { stdioLines } from '../../../processes/stdioLines.ts';
import type { Outcome } from '../context.ts';

export async function imageWorker(): Promise<Outcome | null> {
  await runImageWorker(stdioLines());
  return null;
}
