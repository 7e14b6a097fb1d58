/** What every handler of the sandbox is given, and the switches that tests may turn. */
import type { Store } from './store.ts';

export interface Switches {
  /** How long a task takes, at least (rendering may take longer). */
  taskSeconds: number;
  /** Share of the reference's length that results have. */
  resultRatio: number;
  ignoreIdempotencyKeys: boolean;
  /** Orders of the same clip in the same form get the same pixels: one rendering serves them all. */
  reuseResults: boolean;
  keyLifeMs: number;
  hasBatch: boolean;
  maxFiles: number;
  fileLifeMs: number;
  linkLifeMs: number;
  /** The server's clock against the real one. */
  skewMs: number;
  /** Error codes for the next tasks, in order. */
  nextErrors: string[];
}

const hour = 3_600_000;

export const defaultSwitches: Switches = {
  taskSeconds: 6,
  resultRatio: 1,
  ignoreIdempotencyKeys: false,
  reuseResults: false,
  keyLifeMs: 24 * hour,
  hasBatch: true,
  maxFiles: 100,
  fileLifeMs: 72 * hour,
  linkLifeMs: 24 * hour,
  skewMs: 0,
  nextErrors: [],
};

export interface Context {
  store: Store;
  switches: Switches;
  now(): number;
  /** `http://127.0.0.1:<port>`, of this run. */
  origin(): string;
  tools: { ffmpeg: string; ffprobe: string };
  memoryDir: string | undefined;
  /** Starts the work of a task that is in the store. */
  startTask(taskId: string): void;
}
