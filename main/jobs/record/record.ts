/** A job as it lies in jobs.db, and the contract's snapshot of it. */
import type { Job, Recipe } from '../../../shared/contract/jobs.ts';
import type { PreparePlan } from '../../../shared/contract/media.ts';
import type { JobState, WaitingReason } from '../../../shared/jobs/jobStates.ts';
import { linkExpiry } from '../../../shared/jobs/linkLife.ts';
import type { CreditsDoubt } from '../../../shared/money/creditsDoubt.ts';
import type { Row } from '../../storage/sqlite.ts';
import { createParsedTexts } from './parsedTexts.ts';

export interface JobProblem {
  code: string;
  message: string;
  mayRetry: boolean;
  field: string | null;
}

/** What a job that waits for `disk` lacks. */
export interface DiskSpace {
  neededBytes: number;
  freeBytes: number | null;
}

export interface JobRecord {
  id: string;
  orderId: string;
  orderName: string | null;
  state: JobState;
  waitingFor: WaitingReason | null;
  /** Epoch ms. */
  nextTryAt: number | null;
  isHidden: boolean;
  isPaused: boolean;
  accountId: string;
  recipe: Recipe;
  plan: PreparePlan | null;
  videoAssetId: string;
  imageAssetId: string | null;
  /** Credits, decimal. */
  estimateLow: string;
  estimateHigh: string;
  chargeState: Job['charge']['state'];
  chargeCredits: string | null;
  /** Why the amount that the server named last is not believed; `chargeRaw` is that amount, and `chargeCredits` null. */
  chargeDoubt: CreditsDoubt | null;
  chargeRaw: string | null;
  preparedId: string | null;
  videoUploadId: string | null;
  imageUploadId: string | null;
  idempotencyKey: string | null;
  body: string | null;
  isPostInFlight: boolean;
  postCount: number;
  firstPostAt: number | null;
  outcomeUnknownSince: number | null;
  isBudgetApproved: boolean;
  /** Ordered while the balance was unknown: a person is asked once more before anything is paid. */
  isConsentOpen: boolean;
  /** The lower, the sooner; given when it is stored. */
  queuePosition: number;
  space: DiskSpace | null;
  taskId: string | null;
  taskRaw: string | null;
  estimatedSeconds: number | null;
  /** How long the server says that the reference is. */
  serverVideoSeconds: number | null;
  serverProgress: number | null;
  /** Since when the server does not know the task: from its answer to the order on until the first reading, and whenever it is gone. */
  vanishedSince: number | null;
  submittedAt: string | null;
  serverCompletedAt: string | null;
  resultUrls: string[];
  resultName: string | null;
  resultItemId: string | null;
  resultElementId: string | null;
  resultFile: string | null;
  resultSidecar: string | null;
  problem: JobProblem | null;
  retryOf: string | null;
  createdAt: string;
  updatedAt: string;
  finishedAt: string | null;
}

/** No reading has shown yet that the server knows the task which its answer to the order named. */
export const isUnconfirmed = ({
  vanishedSince,
  submittedAt,
}: Pick<JobRecord, 'vanishedSince' | 'submittedAt'>): boolean =>
  vanishedSince !== null && submittedAt !== null && vanishedSince <= Date.parse(submittedAt);

/** Column of each field, and how it is read and written. */
const text = { read: (v: unknown) => (v == null ? null : String(v)), write: (v: unknown) => v as string | null };
const number = { read: (v: unknown) => (v == null ? null : Number(v)), write: (v: unknown) => v as number | null };
const flag = { read: (v: unknown) => v === 1, write: (v: unknown) => (v ? 1 : 0) };
const parse = createParsedTexts();
const json = {
  read: (v: unknown) => (v == null ? null : parse(String(v))),
  write: (v: unknown) => (v == null ? null : JSON.stringify(v)),
};
const list = { read: (v: unknown) => (v == null ? [] : parse(String(v))), write: json.write };

interface Column {
  column: string;
  kind: { read: (v: unknown) => unknown; write: (v: unknown) => string | number | null };
}
const columns: Readonly<Record<keyof JobRecord, Column>> = {
  id: { column: 'id', kind: text },
  orderId: { column: 'order_id', kind: text },
  orderName: { column: 'order_name', kind: text },
  state: { column: 'state', kind: text },
  waitingFor: { column: 'waiting_for', kind: text },
  nextTryAt: { column: 'next_try_at', kind: number },
  isHidden: { column: 'is_hidden', kind: flag },
  isPaused: { column: 'is_paused', kind: flag },
  accountId: { column: 'account_id', kind: text },
  recipe: { column: 'recipe', kind: json },
  plan: { column: 'plan', kind: json },
  videoAssetId: { column: 'video_asset_id', kind: text },
  imageAssetId: { column: 'image_asset_id', kind: text },
  estimateLow: { column: 'estimate_low', kind: text },
  estimateHigh: { column: 'estimate_high', kind: text },
  chargeState: { column: 'charge_state', kind: text },
  chargeCredits: { column: 'charge_credits', kind: text },
  chargeDoubt: { column: 'charge_doubt', kind: text },
  chargeRaw: { column: 'charge_raw', kind: text },
  preparedId: { column: 'prepared_id', kind: text },
  videoUploadId: { column: 'video_upload_id', kind: text },
  imageUploadId: { column: 'image_upload_id', kind: text },
  idempotencyKey: { column: 'idempotency_key', kind: text },
  body: { column: 'body', kind: text },
  isPostInFlight: { column: 'is_post_in_flight', kind: flag },
  postCount: { column: 'post_count', kind: number },
  firstPostAt: { column: 'first_post_at', kind: number },
  outcomeUnknownSince: { column: 'outcome_unknown_since', kind: number },
  isBudgetApproved: { column: 'budget_approved', kind: flag },
  isConsentOpen: { column: 'is_consent_open', kind: flag },
  queuePosition: { column: 'queue_position', kind: number },
  space: { column: 'space', kind: json },
  taskId: { column: 'task_id', kind: text },
  taskRaw: { column: 'task_raw', kind: text },
  estimatedSeconds: { column: 'estimated_seconds', kind: number },
  serverVideoSeconds: { column: 'server_video_seconds', kind: number },
  serverProgress: { column: 'server_progress', kind: number },
  vanishedSince: { column: 'vanished_since', kind: number },
  submittedAt: { column: 'submitted_at', kind: text },
  serverCompletedAt: { column: 'server_completed_at', kind: text },
  resultUrls: { column: 'result_urls', kind: list },
  resultName: { column: 'result_name', kind: text },
  resultItemId: { column: 'result_item_id', kind: text },
  resultElementId: { column: 'result_element_id', kind: text },
  resultFile: { column: 'result_file', kind: text },
  resultSidecar: { column: 'result_sidecar', kind: text },
  problem: { column: 'problem', kind: json },
  retryOf: { column: 'retry_of', kind: text },
  createdAt: { column: 'created_at', kind: text },
  updatedAt: { column: 'updated_at', kind: text },
  finishedAt: { column: 'finished_at', kind: text },
};

const fields = Object.entries(columns);

type Ordered = Pick<
  JobRecord,
  | 'id'
  | 'orderId'
  | 'orderName'
  | 'accountId'
  | 'recipe'
  | 'plan'
  | 'estimateLow'
  | 'estimateHigh'
  | 'retryOf'
  | 'createdAt'
>;

/** A job of which nothing has happened yet. */
export function newRecord(ordered: Ordered): JobRecord {
  const { recipe, createdAt } = ordered;
  return {
    ...ordered,
    ...{ state: 'queued', waitingFor: null, nextTryAt: null, queuePosition: 0, space: null, problem: null },
    ...{ isHidden: false, isPaused: false, isBudgetApproved: false, isConsentOpen: false },
    ...{ videoAssetId: recipe.videoId, imageAssetId: recipe.kind === 'motion' ? recipe.imageId : null },
    ...{ chargeState: 'none', chargeCredits: null, chargeDoubt: null, chargeRaw: null, serverVideoSeconds: null },
    ...{ preparedId: null, videoUploadId: null, imageUploadId: null },
    ...{ idempotencyKey: null, body: null, isPostInFlight: false, postCount: 0, firstPostAt: null },
    ...{ outcomeUnknownSince: null, taskId: null, taskRaw: null, estimatedSeconds: null, serverProgress: null },
    ...{ vanishedSince: null, submittedAt: null, serverCompletedAt: null, resultUrls: [], resultName: null },
    ...{ resultItemId: null, resultElementId: null, resultFile: null, resultSidecar: null },
    ...{ updatedAt: createdAt, finishedAt: null },
  };
}

export function recordFromRow(row: Row): JobRecord {
  const record: Record<string, unknown> = {};
  for (const [field, { column, kind }] of fields) record[field] = kind.read(row[column]);
  return record as unknown as JobRecord;
}

/** Column names and values of the given fields, in one order. */
export function columnsOf(fields: Partial<JobRecord>): { names: string[]; values: (string | number | null)[] } {
  const names: string[] = [];
  const values: (string | number | null)[] = [];
  for (const [field, value] of Object.entries(fields)) {
    const { column, kind } = columns[field as keyof JobRecord];
    names.push(column);
    values.push(kind.write(value));
  }
  return { names, values };
}

export interface SnapshotExtras {
  videoName: string;
  imageName: string | null;
  isSandbox: boolean;
  /** 0..1 of a local stage that is going on now. */
  localProgress: number | null;
  prepared: { sha256: string; sizeBytes: number } | null;
  /** By own history. */
  expectedSeconds: number | null;
}

export function snapshotOf(record: JobRecord, extras: SnapshotExtras): Job {
  return {
    id: record.id,
    orderId: record.orderId,
    orderName: record.orderName,
    state: record.state,
    waitingFor: record.waitingFor,
    nextTryAt: record.nextTryAt === null ? null : new Date(record.nextTryAt).toISOString(),
    isHidden: record.isHidden,
    isPaused: record.isPaused,
    isConsentOpen: record.isConsentOpen,
    queuePosition: record.queuePosition,
    accountId: record.accountId,
    isSandbox: extras.isSandbox,
    recipe: record.recipe,
    videoName: extras.videoName,
    imageName: extras.imageName,
    plan: record.plan,
    estimate: { low: record.estimateLow, high: record.estimateHigh },
    charge: {
      state: record.chargeState,
      credits: record.chargeCredits,
      doubt:
        record.chargeDoubt === null || record.chargeRaw === null
          ? null
          : { kind: record.chargeDoubt, raw: record.chargeRaw },
    },
    stageProgress: record.state === 'running' ? (record.serverProgress ?? null) : extras.localProgress,
    estimatedSeconds: extras.expectedSeconds ?? record.estimatedSeconds,
    serverVideoSeconds: record.serverVideoSeconds,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    submittedAt: record.submittedAt,
    finishedAt: record.finishedAt,
    taskId: record.taskId,
    linkExpiresAt: linkExpiryOf(record),
    space: record.waitingFor === 'disk' ? record.space : null,
    prepared: extras.prepared,
    uploads: { video: record.videoUploadId, image: record.imageUploadId },
    resultItemId: record.resultItemId,
    resultElementId: record.resultElementId,
    file: record.resultFile,
    sidecar: record.resultSidecar,
    problem: record.problem,
    retryOf: record.retryOf,
  };
}

/** When the link of a result that is still to be fetched dies, as ISO time. */
export function linkExpiryOf(record: Pick<JobRecord, 'state' | 'serverCompletedAt'>): string | null {
  if (record.state !== 'downloading' || record.serverCompletedAt === null) return null;
  return linkExpiry(record.serverCompletedAt);
}
