/** Works the tasks off, one rendering at a time, and settles each: charged or released, exactly once. */
import { randomInt } from 'node:crypto';
import { creditsToString, estimateMotion, publishedPrices } from '../../shared/money/pricing.ts';
import { pause } from '../storage/clock.ts';
import { copyToOwnFile } from '../storage/ownOnly.ts';
import type { Context } from './context.ts';
import type { MotionOrder, Outcome, TaskRecord } from './ledger.ts';
import { isDecodableImage, renderResult } from './rendering.ts';

export interface Worker {
  start(taskId: string): void;
  /** True while some task has not ended. */
  isBusy(): boolean;
  close(): Promise<void>;
}

/** Not an error code of the contract: among a test's planned errors it asks for the status `cancelled`. */
const cancelledByServer = 'status:cancelled';

type Verdict = Pick<Outcome, 'status' | 'charged' | 'resultSeconds' | 'elementId' | 'error'>;

const refusedWith = (code: string, message: string): Verdict => ({
  status: 'failed',
  charged: '0',
  resultSeconds: null,
  elementId: null,
  error: { code, message },
});

export function createWorker(context: Context, onError: (error: unknown) => void): Worker {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  /** By form; for `reuseResults`. */
  const rendered = new Map<string, string>();
  let lastRendering: Promise<unknown> = Promise.resolve();

  /** Renderings stand in line: each takes a whole machine. */
  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const next = lastRendering.then(work, work);
    lastRendering = next.catch(() => null);
    return next;
  }

  async function work(task: TaskRecord): Promise<void> {
    const waitMs = Math.max(0, task.createdMs + task.takesMs - context.now());
    const [verdict] = await Promise.all([judge(task), pause(Math.min(waitMs, task.takesMs), stopping.signal)]);
    if (context.store.task(task.taskId)?.outcome) return;
    context.store.finish({ taskId: task.taskId, finishedMs: context.now(), ...verdict });
  }

  async function judge(task: TaskRecord): Promise<Verdict> {
    if (task.plannedError !== null) {
      const verdict = refusedWith(task.plannedError, 'the sandbox was asked to fail this task');
      return task.plannedError === cancelledByServer ? { ...verdict, status: 'cancelled', error: null } : verdict;
    }
    if (task.order.kind === 'motion') return await inLine(() => render(task.taskId, task.order as MotionOrder));
    const elementId = String(randomInt(100_000_000_000, 281_000_000_000_000));
    return { status: 'completed', charged: task.reserved, resultSeconds: null, elementId, error: null };
  }

  /** Twice at most: a machine that is short of memory or processes may be better off a moment later. */
  async function render(taskId: string, order: MotionOrder): Promise<Verdict> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await renderOnce(taskId, order);
      } catch (error) {
        if (stopping.signal.aborted) throw error;
        onError(error);
        if (attempt === 2) {
          return refusedWith('generation_failed_no_content', 'no result could be made from the reference video');
        }
      }
    }
  }

  async function renderOnce(taskId: string, order: MotionOrder): Promise<Verdict> {
    const { store, tools } = context;
    const imagePath = store.filePath(order.imageFileId);
    const signal = stopping.signal;
    if (!(await isDecodableImage({ ffmpeg: tools.ffmpeg, imagePath, signal }))) {
      return refusedWith('image_processing_error', 'the character image cannot be decoded');
    }
    const seconds = order.referenceSeconds * order.lengthRatio;
    const form = JSON.stringify([seconds, order.quality, order.keepSound]);
    const alike = context.switches.reuseResults ? rendered.get(form) : undefined;
    if (alike) await copyToOwnFile(alike, store.resultPath(taskId));
    else
      await renderResult({
        ffmpeg: tools.ffmpeg,
        referencePath: store.filePath(order.videoFileId),
        imagePath,
        outputPath: store.resultPath(taskId),
        quality: order.quality,
        seconds,
        frameRate: order.referenceFrameRate,
        keepSound: order.keepSound,
        memoryDir: context.memoryDir,
        signal,
      });
    rendered.set(form, store.resultPath(taskId));
    // Billed by output, rounded to the nearest second (the billing rules' wording).
    const charged = estimateMotion(Math.max(1, Math.round(seconds)), order.quality, publishedPrices).low;
    return {
      status: 'completed',
      charged: creditsToString(charged),
      resultSeconds: seconds,
      elementId: null,
      error: null,
    };
  }

  return {
    start(taskId) {
      const state = context.store.task(taskId);
      if (!state || state.outcome) return;
      const done = work(state.task).catch((error: unknown) => {
        // Stopped: the task is taken up again at the next start.
        if (!stopping.signal.aborted) onError(error);
      });
      running.add(done);
      void done.finally(() => running.delete(done));
    },
    isBusy: () => running.size > 0,
    async close() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
