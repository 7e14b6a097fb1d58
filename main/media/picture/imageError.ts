/** Why a picture cannot be used, as the image worker tells it. */
import type { ImageProblem } from './imageProtocol.ts';

export class ImageError extends Error {
  readonly problem: ImageProblem;
  constructor(problem: ImageProblem, detail: string) {
    super(detail);
    this.problem = problem;
  }
}
