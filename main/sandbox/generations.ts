/** `POST /v1/videos/generations`: idempotency, validation, the hold, and the task. */
import type { IncomingMessage } from 'node:http';
import { creditsToString, estimateMotion, parseCredits, publishedPrices } from '../../shared/money/pricing.ts';
import { elementModel, motionModel } from '../evolink/requests.ts';
import type { Context } from './context.ts';
import type { ElementOrder, MotionOrder, TaskRecord } from './ledger.ts';
import { readElementOrder, readMotionOrder } from './orders.ts';
import { invalid, json, Problem, type Reply } from './reply.ts';
import { parseJsonObject, readBytes } from './requestBody.ts';
import { newId, sha256 } from './store.ts';
import { taskView } from './taskView.ts';

/** Keys whose first request is still being worked on. */
export type KeysInFlight = Set<string>;

export async function createGeneration(
  context: Context,
  request: IncomingMessage,
  inFlight: KeysInFlight,
): Promise<Reply> {
  const bytes = await readBytes(request);
  const bodySha256 = sha256(bytes);
  const key = context.switches.ignoreIdempotencyKeys ? null : idempotencyKey(request);
  if (key === null) return await createTask(context, parseJsonObject(bytes), { key, bodySha256 });

  const known = context.store.taskOfKey(key);
  if (known && context.now() - known.task.createdMs < context.switches.keyLifeMs) {
    if (known.task.bodySha256 !== bodySha256) {
      throw new Problem(409, 'idempotency_conflict', 'this Idempotency-Key was used with another body');
    }
    return json(200, taskView(context, known), { 'idempotency-replayed': 'true' });
  }
  if (inFlight.has(key)) throw new Problem(409, 'paid_outcome_unknown', 'the first request with this key is settling');
  inFlight.add(key);
  try {
    return await createTask(context, parseJsonObject(bytes), { key, bodySha256 });
  } finally {
    inFlight.delete(key);
  }
}

function idempotencyKey(request: IncomingMessage): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[A-Za-z0-9._-]{16,96}$/.test(key)) {
    throw invalid('Idempotency-Key', '16 to 96 of letters, digits, . _ -');
  }
  return key;
}

async function createTask(
  context: Context,
  body: Record<string, unknown>,
  request: { key: string | null; bodySha256: string },
): Promise<Reply> {
  const order = await readOrder(context, body);
  const reserved = holdOf(order);
  if (parseCredits(context.store.balance().remaining) < reserved) {
    throw new Problem(402, 'insufficient_user_quota', 'not enough credits for this request');
  }
  const createdMs = context.now();
  const task: TaskRecord = {
    taskId: `task-unified-${Math.floor(createdMs / 1000)}-${newId('').slice(0, 8)}`,
    model: order.kind === 'motion' ? motionModel : elementModel,
    createdMs,
    takesMs: context.switches.taskSeconds * 1000,
    idempotencyKey: request.key,
    bodySha256: request.bodySha256,
    reserved: creditsToString(reserved),
    order,
    plannedError: context.switches.nextErrors.shift() ?? null,
  };
  context.store.addTask(task);
  context.startTask(task.taskId);
  return json(200, taskView(context, { task, outcome: null }));
}

async function readOrder(context: Context, body: Record<string, unknown>): Promise<MotionOrder | ElementOrder> {
  if (body.model === motionModel) return await readMotionOrder(context, body);
  if (body.model === elementModel) return await readElementOrder(context, body);
  throw invalid('model', `must be ${motionModel} or ${elementModel}`);
}

/** The upper estimate: a result is never longer than its reference. */
const holdOf = (order: MotionOrder | ElementOrder): bigint =>
  order.kind === 'motion'
    ? estimateMotion(order.referenceSeconds, order.quality, publishedPrices).high
    : publishedPrices.element;
