/** What the driver of a crash run asks of one life of the app, and what that life reports. */
import type { Recipe } from '../../shared/contract/jobs.ts';

export interface CrashCell {
  orderId: string;
  /** `videoId` and `imageId` are places in `files` here. */
  recipe: Recipe;
}

export interface CrashPlan {
  profileDir: string;
  libraryDir: string;
  /** Sources, taken in at every start as a person would drop them again. */
  files: string[];
  cells: CrashCell[];
  /** Moments that were died at already; null: this life does not end itself. */
  diedAt: string[] | null;
  /** Where a life that ends itself writes the moment, one a line. */
  momentsFile: string;
  /** It dies so long after "about to send" was committed: the order is on the wire. Null: it does not. */
  diesAfterPostMs: number | null;
  /** A person answers unknown outcomes: it is this task; where none fits, send again or give up. */
  settlesOutcomes: boolean;
  sandboxTaskSeconds: number;
}

export type CrashReport =
  | { kind: 'open' }
  | { kind: 'ordered' }
  /** Every job is final, or waits for a person. */
  | { kind: 'done'; openQuestions: number }
  | { kind: 'trouble'; text: string };

export interface CrashKinds {
  single: boolean;
  element: boolean;
  matrix: boolean;
}

/** Orders of files 0 and 1 (clips), 2 (a face), 3 and 4 (images). `name` is no other batch's. */
export function cellsOf(name: string, kinds: CrashKinds): CrashCell[] {
  const motion = (cell: string, videoId: number, imageId: number): CrashCell => {
    const orderId = `crash-${name}-${cell}`;
    const files = { videoId: String(videoId), imageId: String(imageId) };
    const options = {
      orientation: 'video',
      quality: '720p',
      preset: 'fast',
      keepSound: false,
      watermark: false,
    } as const;
    return { orderId, recipe: { kind: 'motion', ...files, ...options, prompt: orderId } };
  };
  const element = (): CrashCell => {
    const orderId = `crash-${name}-element`;
    const texts = { name: `e${name}`.slice(0, 20), description: orderId };
    return { orderId, recipe: { kind: 'element', preset: 'fast', videoId: '2', ...texts } };
  };
  const matrix = [0, 1].flatMap((video) => [3, 4].map((image) => motion(`m${video}${image}`, video, image)));
  return [
    ...(kinds.single ? [motion('single', 0, 3)] : []),
    ...(kinds.element ? [element()] : []),
    ...(kinds.matrix ? matrix : []),
  ];
}
