/** Looks at a profile after all kills: databases, server's ledger, library. What is lost, charged twice, damaged; what a person was asked. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readSidecar, SIDECAR_SUFFIX } from '../../main/library/sidecar.ts';
import { openJobsDb } from '../../main/storage/jobsDb.ts';
import type { Row } from '../../main/storage/sqlite.ts';
import { isFinal, type JobState } from '../../shared/jobs/jobStates.ts';

export interface ServerTask {
  taskId: string;
  bodySha256: string;
  charged: string;
}

/** Counts of jobs. */
export interface Asked {
  asked: number;
  claimed: number;
  resent: number;
  givenUp: number;
}

export interface Judgement extends Asked {
  jobs: number;
  complaints: { kind: 'lost' | 'doubleCharges' | 'corrupt'; text: string }[];
}

export interface Evidence {
  profileDir: string;
  libraryDir: string;
  ordered: ReadonlySet<string>;
  tasks: readonly ServerTask[];
  /** Bodies that were complained about already. */
  knownBodies: ReadonlySet<string>;
  ignoresKeys: boolean;
}

export const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

export async function judgeProfile(evidence: Evidence): Promise<Judgement> {
  const complaints: Judgement['complaints'] = [];
  const complain = (kind: Judgement['complaints'][number]['kind'], text: string) => complaints.push({ kind, text });
  const { jobs, logs, integrity } = readTruth(evidence.profileDir);
  if (integrity !== 'ok') complain('corrupt', `jobs.db ${integrity}`);
  const byOrder = new Set(jobs.map((job) => String(job.order_id)));
  for (const orderId of evidence.ordered) if (!byOrder.has(orderId)) complain('lost', `${orderId} has no job`);
  const unclaimed = new Map(evidence.tasks.map((task) => [task.taskId, task]));
  const people: Asked = { asked: 0, claimed: 0, resent: 0, givenUp: 0 };
  for (const job of jobs) {
    const id = String(job.id);
    const log = logs.get(id) ?? [];
    const said = addAnswers(people, log);
    if (evidence.ignoresKeys && wasSentUnasked(log)) complain('doubleCharges', `${id} was sent again without a person`);
    const isTaskKnown = unclaimed.delete(String(job.task_id));
    if (said.isGivenUp) {
      const hasTask = [...unclaimed.values()].some(({ bodySha256 }) => bodySha256 === sha256(String(job.body)));
      if (hasTask) complain('lost', `${id} was given up, and has a task`);
      if (job.state !== 'cancelled' || job.charge_state !== 'unknown')
        complain('lost', `${id} was given up, and is ${job.state}, ${job.charge_state}`);
      continue;
    }
    const state = String(job.state) as JobState;
    if (!isFinal(state)) complain('lost', `${id} is not final: ${state} ${job.waiting_for}`);
    else if (state !== 'completed') complain('lost', `${id} ended ${state}: ${job.problem}`);
    if (!isTaskKnown) complain('lost', `${id}: its task ${job.task_id} is not the server's`);
    if (job.charge_state !== 'charged') complain('lost', `${id}: charge is ${job.charge_state}`);
    if (state === 'completed' && job.result_element_id === null)
      for (const [kind, text] of await lookAtFile(evidence.profileDir, job)) complain(kind, text);
  }
  // What no job claims was paid for nothing.
  for (const { taskId, bodySha256 } of unclaimed.values())
    if (!evidence.knownBodies.has(bodySha256)) complain('doubleCharges', `task ${taskId} belongs to no job`);
  for (const name of strayFiles(evidence.libraryDir, jobs))
    complain('corrupt', `${name} lies in the library and is no job's`);
  return { ...people, jobs: jobs.length, complaints };
}

interface LogLine {
  event: string;
  detail: string;
}

function readTruth(profileDir: string): { jobs: Row[]; logs: Map<string, LogLine[]>; integrity: string } {
  const db = openJobsDb(profileDir, { readOnly: true });
  const integrity = String(db.get('PRAGMA integrity_check')?.integrity_check);
  const jobs = db.all('SELECT * FROM jobs');
  const lines = db.all('SELECT job_id, event, detail FROM job_log ORDER BY id');
  db.close();
  const logs = Map.groupBy(lines, (line) => String(line.job_id));
  const toLine = (row: Row): LogLine => ({ event: String(row.event), detail: String(row.detail) });
  return { jobs, integrity, logs: new Map([...logs].map(([id, rows]) => [id, rows.map(toLine)])) };
}

/** Reads from a job's log what a person was asked and said. */
function addAnswers(people: Asked, log: readonly LogLine[]): { isGivenUp: boolean } {
  const has = (event: string, detail?: string) =>
    log.some((line) => line.event === event && (detail === undefined || line.detail === detail));
  const isGivenUp = has('submitting → cancelled', 'given up by a person');
  people.asked += has('waiting:outcome') ? 1 : 0;
  people.claimed += has('submitting → running', 'by a person') ? 1 : 0;
  people.resent += has('resend') ? 1 : 0;
  people.givenUp += isGivenUp ? 1 : 0;
  return { isGivenUp };
}

/** After an answer was lost, only a person's word sends the order again. */
function wasSentUnasked(log: readonly LogLine[]): boolean {
  let isUnknown = false;
  for (const { event } of log) {
    if (event === 'post' && isUnknown) return true;
    if (event === 'outcome unknown') isUnknown = true;
    if (event === 'resend') isUnknown = false;
  }
  return false;
}

async function lookAtFile(profileDir: string, job: Row): Promise<['lost' | 'corrupt', string][]> {
  const id = String(job.id);
  const file = String(job.result_file);
  const made = path.join(profileDir, 'sandbox', 'results', `${String(job.task_id)}.mp4`);
  if (!existsSync(file)) return [['lost', `${id}: ${file} is not there`]];
  const found: ['corrupt', string][] = [];
  if (sha256(await readFile(file)) !== sha256(await readFile(made)))
    found.push(['corrupt', `${id}: other bytes than the server's`]);
  const sidecar = readSidecar(file.replace(/\.mp4$/, SIDECAR_SUFFIX));
  if (sidecar?.order?.jobId !== id || sidecar.provider?.taskId !== job.task_id)
    found.push(['corrupt', `${id}: its sidecar is not its own`]);
  return found;
}

function strayFiles(libraryDir: string, jobs: readonly Row[]): string[] {
  const files = existsSync(libraryDir) ? readdirSync(libraryDir) : [];
  const named = new Set(jobs.flatMap(({ result_file, result_sidecar }) => [result_file, result_sidecar]));
  return files.filter((name) => !named.has(path.join(libraryDir, name)));
}
