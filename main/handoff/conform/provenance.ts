/** The note that a copy may carry, by choice: that its video was generated, by what, and when. */
import type { LibraryItem } from '../../../shared/contract/library.ts';

/** The word of the IPTC's list of digital source types for what a trained model made. */
const SOURCE_TYPE = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';

/** One line in English, as metadata is: machines read it. No name of a file and no prompt is in it. */
export function provenanceOf(item: LibraryItem): string {
  const by = item.isSandbox ? 'the sandbox of Restage (no real result)' : 'Kling 3.0 Motion Control by EvoLink';
  const task = item.taskId === null || item.taskId === '' ? '' : `; task ${item.taskId}`;
  return `AI-generated video, made with ${by} on ${item.createdAt.slice(0, 10)}${task}; digitalSourceType=${SOURCE_TYPE}`;
}
