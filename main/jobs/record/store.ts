/** Jobs on disk: every transition is committed, with its line in the job's log, before anything acts on it. */
import path from 'node:path';
import type { Job } from '../../../shared/contract/jobs.ts';
import { RestageError } from '../../../shared/errors.ts';
import {
  isFinal,
  type JobEvent,
  type JobState,
  nextState,
  type WaitingReason,
} from '../../../shared/jobs/jobStates.ts';
import { doubtOf } from '../../../shared/money/creditsDoubt.ts';
import type { Clock } from '../../services.ts';
import { isDiskFull } from '../../storage/files.ts';
import { redact } from '../../storage/redact.ts';
import type { Database, Row } from '../../storage/sqlite.ts';
import { createDurations } from './durations.ts';
import { columnsOf, type JobRecord, recordFromRow, type SnapshotExtras, snapshotOf } from './record.ts';
import { createUploadRows, type UploadRows } from './uploadRows.ts';

export type JobFields = Partial<Omit<JobRecord, 'id' | 'state'>>;

export interface JobStore extends UploadRows {
  /** All of them or none. */
  insert(records: readonly JobRecord[]): void;
  get(id: string): JobRecord;
  byOrderId(orderId: string): JobRecord | null;
  list(): JobRecord[];
  /** Those that may be parts of a performance, from an index: all that was ever ordered may be much. */
  parts(): JobRecord[];
  /** In the order of the queue. */
  unfinished(): JobRecord[];
  /** Moves by the table, clears what it waited for, writes `fields` and the log in one transaction. Null: no meaning in this state (logged). */
  transition(id: string, event: JobEvent, fields?: JobFields, detail?: string): JobRecord | null;
  /** One commit for all that `work` writes, so that news of many jobs cost one flush of the disk. All of it or nothing. */
  together<T>(work: () => T): T;
  update(id: string, fields: JobFields, logEvent?: string, detail?: string): JobRecord;
  /** Where the disk is too full to keep it, the reason is kept in memory, and is true until something of the job can be written again. */
  wait(
    id: string,
    reason: WaitingReason,
    nextTryAt: number | null,
    detail?: string,
    more?: Partial<Pick<JobRecord, 'space' | 'problem'>>,
  ): JobRecord;
  log(id: string, event: string, detail: string): void;
  logOf(id: string): { at: string; event: string; detail: string }[];
  snapshot(record: JobRecord, localProgress: number | null): Job;
  /** The same of many, in their order; what they share is looked up once. */
  snapshots(records: readonly JobRecord[], progressOf: (id: string) => number | null): Job[];
  charge(id: string, state: Job['charge']['state'], credits: string | null): void;
  addElement(record: JobRecord, elementId: string): void;
  elements(): {
    elementId: string;
    accountId: string;
    name: string;
    description: string;
    jobId: string;
    createdAt: string;
  }[];
  isTaskClaimed(accountId: string, taskId: string): boolean;
  /** The how many of this character on this clip it is, of those that came home. */
  takeOf(record: Pick<JobRecord, 'id' | 'videoAssetId' | 'imageAssetId'>): number;
  /** Where results lie or lay. */
  resultFolders(): string[];
  /** A person moved the file of a result. */
  resultMoved(id: string, file: string, sidecar: string): void;
  /** Sum of what orders since `sinceIso` may have cost or did cost, real accounts only, credits as decimal strings to be added by the caller. */
  spentSince(sinceIso: string): { state: string; charged: string | null; high: string }[];
}

const unknownJob = (id: string) =>
  new RestageError('notFound', { reasons: [{ field: 'id', rule: 'job.unknown', params: { id } }] });

/** The first amount of an account that cannot be in credits, as the server named it, beside the upper estimate. */
export type OnDoubt = (doubt: { raw: string; estimate: string }) => void;

export function createJobStore(
  db: Database,
  clock: Clock,
  onChange: (id: string) => void,
  onDoubt: OnDoubt = () => {},
): JobStore {
  const durations = createDurations(db);
  const nowText = () => new Date(clock.now()).toISOString();
  const addLog = (id: string, event: string, detail: string) =>
    db.run(
      'INSERT INTO job_log (job_id, at, event, detail) VALUES (?, ?, ?, ?)',
      id,
      nowText(),
      event,
      redact(detail).slice(0, 4000),
    );

  /** What jobs wait for and nobody could write down. */
  const unwritten = new Map<string, Pick<JobRecord, 'waitingFor' | 'nextTryAt' | 'space'>>();
  const toRecord = (row: Row): JobRecord => {
    const record = recordFromRow(row);
    return { ...record, ...unwritten.get(record.id) };
  };

  function get(id: string): JobRecord {
    const row = db.get('SELECT * FROM jobs WHERE id = ?', id);
    if (!row) throw unknownJob(id);
    return toRecord(row);
  }

  function write(id: string, fields: Partial<JobRecord>): void {
    const { names, values } = columnsOf({ ...fields, updatedAt: nowText() });
    const columns = names.map((name) => `${name} = ?`).join(', ');
    if (db.run(`UPDATE jobs SET ${columns} WHERE id = ?`, ...values, id) === 0) throw unknownJob(id);
    unwritten.delete(id);
  }

  function transition(id: string, event: JobEvent, fields: JobFields = {}, detail = ''): JobRecord | null {
    const before = get(id);
    const state: JobState | null = nextState(before.state, event);
    if (state === null) {
      addLog(id, `ignored:${event}`, `${before.state} ${detail}`.trim());
      return null;
    }
    const record = db.transaction(() => {
      write(id, {
        waitingFor: null,
        nextTryAt: null,
        ...(isFinal(state) ? { finishedAt: nowText() } : {}),
        ...fields,
        state,
      });
      addLog(id, `${before.state} → ${state}`, detail);
      return get(id);
    });
    if (state === 'completed') durations.forget();
    onChange(id);
    return record;
  }

  const snapshot = (record: JobRecord, localProgress: number | null, lookups: Lookups): Job =>
    snapshotOf(record, {
      videoName: lookups.assetName(record.videoAssetId) ?? '',
      imageName: record.imageAssetId === null ? null : lookups.assetName(record.imageAssetId),
      isSandbox: lookups.provider(record.accountId) === 'sandbox',
      localProgress,
      prepared: record.preparedId === null ? null : lookups.prepared(record.preparedId),
      expectedSeconds: isFinal(record.state) ? null : durations.expectedSeconds(record),
    });

  return {
    ...createUploadRows(db),
    get,
    transition,
    together: (work) => db.transaction(work),
    insert(records) {
      db.transaction(() => {
        for (const record of records) {
          const { names, values } = columnsOf(record);
          db.run(`INSERT INTO jobs (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`, ...values);
          db.run(
            'UPDATE jobs SET queue_position = (SELECT coalesce(max(queue_position), 0) + 1 FROM jobs) WHERE id = ?',
            record.id,
          );
          addLog(record.id, 'ordered', record.orderId);
        }
      });
      for (const { id } of records) onChange(id);
    },
    byOrderId(orderId) {
      const row = db.get('SELECT * FROM jobs WHERE order_id = ?', orderId);
      return row ? toRecord(row) : null;
    },
    list: () => db.all('SELECT * FROM jobs ORDER BY created_at, id').map(toRecord),
    parts: () => db.all(`SELECT * FROM jobs WHERE instr(recipe, '"part":{') > 0 ORDER BY created_at, id`).map(toRecord),
    unfinished: () =>
      db
        .all(
          `SELECT * FROM jobs WHERE state NOT IN ('completed', 'failed', 'cancelled', 'expired') ORDER BY queue_position, id`,
        )
        .map(toRecord),
    update(id, fields, logEvent, detail = '') {
      const record = db.transaction(() => {
        write(id, fields);
        if (logEvent) addLog(id, logEvent, detail);
        return get(id);
      });
      onChange(id);
      return record;
    },
    wait(id, reason, nextTryAt, detail = '', { space = null, ...more } = {}) {
      const before = get(id);
      try {
        db.transaction(() => {
          write(id, {
            waitingFor: reason,
            nextTryAt: nextTryAt === null ? null : Math.round(nextTryAt),
            space,
            ...more,
          });
          if (before.waitingFor !== reason) addLog(id, `waiting:${reason}`, detail);
        });
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        unwritten.set(id, { waitingFor: reason, nextTryAt, space });
      }
      onChange(id);
      return get(id);
    },
    log: addLog,
    logOf: (id) =>
      db
        .all('SELECT at, event, detail FROM job_log WHERE job_id = ? ORDER BY id', id)
        .map((row) => ({ at: String(row.at), event: String(row.event), detail: String(row.detail) })),
    snapshot: (record, localProgress) => snapshot(record, localProgress, createLookups(db)),
    snapshots(records, progressOf) {
      const lookups = createLookups(db);
      return records.map((record) => snapshot(record, progressOf(record.id), lookups));
    },
    charge(id, state, credits) {
      const before = get(id);
      const amount = amountOf(before, credits);
      const isSame =
        before.chargeState === state &&
        before.chargeCredits === amount.chargeCredits &&
        before.chargeRaw === amount.chargeRaw;
      if (isSame) return;
      db.transaction(() => {
        write(id, { chargeState: state, ...amount });
        db.run(
          'INSERT INTO ledger (job_id, account_id, at, state, credits, doubt, raw) VALUES (?, ?, ?, ?, ?, ?, ?)',
          ...[id, before.accountId, nowText(), state, amount.chargeCredits, amount.chargeDoubt, amount.chargeRaw],
        );
        if (amount.chargeDoubt === null || amount.chargeRaw === before.chargeRaw) return;
        addLog(
          id,
          `${amount.chargeDoubt} unclear`,
          `${amount.chargeRaw} credits named, ${before.estimateHigh} estimated`,
        );
        // Once for each account: every job says it of itself.
        const isFirst = db.run(
          'UPDATE accounts SET doubt_told_at = ? WHERE id = ? AND doubt_told_at IS NULL',
          nowText(),
          before.accountId,
        );
        if (isFirst === 1) onDoubt({ raw: amount.chargeRaw ?? '', estimate: before.estimateHigh });
      });
      onChange(id);
    },
    addElement(record, elementId) {
      if (record.recipe.kind !== 'element') return;
      db.run(
        'INSERT OR IGNORE INTO elements (element_id, account_id, name, description, job_id, created_at) VALUES (?, ?, ?, ?, ?, ?)',
        elementId,
        record.accountId,
        record.recipe.name,
        record.recipe.description,
        record.id,
        nowText(),
      );
    },
    elements: () =>
      db.all('SELECT * FROM elements ORDER BY created_at DESC').map((row) => ({
        elementId: String(row.element_id),
        accountId: String(row.account_id),
        name: String(row.name),
        description: String(row.description),
        jobId: String(row.job_id),
        createdAt: String(row.created_at),
      })),
    isTaskClaimed: (accountId, taskId) =>
      db.get('SELECT 1 FROM jobs WHERE account_id = ? AND task_id = ?', accountId, taskId) !== undefined,
    takeOf({ id, videoAssetId, imageAssetId }) {
      const row = db.get(
        `SELECT count(*) AS earlier FROM jobs
         WHERE video_asset_id = ? AND image_asset_id IS ? AND result_name IS NOT NULL AND id <> ?`,
        ...[videoAssetId, imageAssetId, id],
      );
      return Number(row?.earlier ?? 0) + 1;
    },
    resultFolders: () => [
      ...new Set(
        db
          .all('SELECT result_sidecar FROM jobs WHERE result_sidecar IS NOT NULL')
          .map((row) => path.dirname(String(row.result_sidecar))),
      ),
    ],
    resultMoved(id, file, sidecar) {
      if (db.run('UPDATE jobs SET result_file = ?, result_sidecar = ? WHERE id = ?', file, sidecar, id) === 0) return;
      addLog(id, 'moved', path.basename(file));
      onChange(id);
    },
    spentSince: (sinceIso) =>
      db
        .all(
          `SELECT charge_state, charge_credits, estimate_high FROM jobs JOIN accounts ON accounts.id = account_id
           WHERE provider <> 'sandbox' AND (idempotency_key IS NOT NULL OR charge_state = 'charged') AND coalesce(submitted_at, jobs.updated_at) >= ?`,
          sinceIso,
        )
        .map((row) => ({
          state: String(row.charge_state),
          charged: row.charge_credits == null ? null : String(row.charge_credits),
          high: String(row.estimate_high),
        })),
  };
}

/** An amount as it is booked: what cannot be in credits is kept beside, so that the estimate counts in its place. No amount says nothing against the last one. */
function amountOf(
  { chargeDoubt, chargeRaw, estimateLow, estimateHigh }: JobRecord,
  credits: string | null,
): Pick<JobRecord, 'chargeCredits' | 'chargeDoubt' | 'chargeRaw'> {
  if (credits === null) return { chargeCredits: null, chargeDoubt, chargeRaw };
  const doubt = doubtOf(credits, { low: estimateLow, high: estimateHigh });
  return doubt === null
    ? { chargeCredits: credits, chargeDoubt: null, chargeRaw: null }
    : { chargeCredits: null, chargeDoubt: doubt, chargeRaw: credits };
}

interface Lookups {
  assetName(id: string): string | null;
  provider(accountId: string): string | null;
  prepared(id: string): SnapshotExtras['prepared'];
}

/** What lies in other tables, asked for once per id. Lives as long as one answer: names and files change. */
function createLookups(db: Database): Lookups {
  const once = <T>(look: (id: string) => T): ((id: string) => T) => {
    const known = new Map<string, T>();
    return (id) => {
      const found = known.get(id);
      if (found !== undefined) return found;
      const value = look(id);
      known.set(id, value);
      return value;
    };
  };
  return {
    assetName: once((id) => textOf(db.get('SELECT name FROM assets WHERE id = ?', id)?.name)),
    provider: once((id) => textOf(db.get('SELECT provider FROM accounts WHERE id = ?', id)?.provider)),
    prepared: once((id) => {
      const row = db.get('SELECT sha256, size_bytes FROM prepared WHERE id = ?', id);
      return row ? { sha256: String(row.sha256), sizeBytes: Number(row.size_bytes) } : null;
    }),
  };
}

const textOf = (value: unknown): string | null => (value == null ? null : String(value));
