/** One life of the app in a crash run: opens the profile, orders what the plan says, and works until all is final or it is killed. */
import '../fixtures/withoutElectron.ts';
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import path from 'node:path';
import type { ProfileConnection } from '../../main/hostTypes.ts';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract/index.ts';
import type { Job, Recipe } from '../../shared/contract/jobs.ts';
import { isFinal } from '../../shared/jobs/jobStates.ts';
import type { CrashPlan, CrashReport } from './crashPlan.ts';

const plan = JSON.parse(process.argv[2] ?? '') as CrashPlan;
const tell = (report: CrashReport) =>
  new Promise<void>((resolve) => (process.send ? process.send(report, () => resolve()) : resolve()));

const { traceCommits } = await import('../../main/storage/sqlite.ts');
const { traceFileSteps } = await import('../../main/storage/files.ts');
const { openProfile } = await import('../../main/profile/connect.ts');
const { noSecretBox } = await import('../../main/settings/apiKey.ts');
flushCompileCache();

function dieAt(moment: string): void {
  if (plan.diedAt === null || plan.diedAt.includes(moment)) return;
  // To a file: what is sent may not get out of a process that is killed in the next line.
  appendFileSync(plan.momentsFile, `${moment}\n`);
  process.kill(process.pid, 'SIGKILL');
}
if (plan.diedAt !== null) {
  traceCommits(({ when, writes }) => dieAt(`${when} ${writes.map(nameOf).join(' + ')}`));
  traceFileSteps((step, file) => dieAt(`after ${step} ${kindOf(file)}`));
}
const { diesAfterPostMs } = plan;
if (diesAfterPostMs !== null) {
  traceCommits(({ when, writes }) => {
    if (when === 'after' && writes.map(nameOf).includes('log "post"'))
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), diesAfterPostMs);
  });
}

/** Same statement, same meaning: what the job's log says, else the statement without its values. */
function nameOf({ sql, values }: { sql: string; values: readonly unknown[] }): string {
  if (sql.startsWith('INSERT INTO job_log')) return `log "${String(values[2])}"`;
  if (sql.startsWith('INSERT INTO ledger')) return `ledger ${String(values[3])}`;
  return sql.replace(/\s+/g, ' ').slice(0, 90);
}

function kindOf(file: string): string {
  const name = path.basename(file);
  if (file === plan.libraryDir || path.dirname(file) === plan.libraryDir)
    return `library ${path.extname(name.replace(/\.tmp-[0-9a-f]+$/, '')) || 'folder'}`;
  return `${path.relative(plan.profileDir, path.dirname(file))}/*${path.extname(name)}`;
}

async function call<C extends CommandName>(
  connection: ProfileConnection,
  command: C,
  input: CommandInput<C>,
): Promise<CommandOutput<C>> {
  const result = await connection.call(command, input);
  if (!result.ok) throw new Error(`${command}: ${JSON.stringify(result.error)}`);
  return result.value;
}

async function orderAll(connection: ProfileConnection): Promise<void> {
  const known = new Map((await call(connection, 'jobs.list', {})).map(({ orderId, recipe }) => [orderId, recipe]));
  // A person who sees their orders in the list does not drop the files again; that they click again is possible.
  const isOrdered = plan.cells.every(({ orderId }) => known.has(orderId));
  const named = isOrdered ? null : await takeIn(connection);
  const cells = plan.cells.map(({ orderId, recipe }) => ({
    orderId,
    recipe: named ? named(recipe) : (known.get(orderId) ?? recipe),
  }));
  // Twice, as by a double click.
  await Promise.all([call(connection, 'jobs.order', { cells }), call(connection, 'jobs.order', { cells })]);
}

/** The files become assets; answers how a recipe names them then. */
async function takeIn(connection: ProfileConnection): Promise<(recipe: Recipe) => Recipe> {
  const ids = (await connection.intakePaths(plan.files)).map((result) => {
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value.id;
  });
  return (recipe) =>
    recipe.kind === 'motion'
      ? { ...recipe, videoId: ids[Number(recipe.videoId)] ?? '', imageId: ids[Number(recipe.imageId)] ?? '' }
      : { ...recipe, videoId: ids[Number(recipe.videoId)] ?? '' };
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** What a person does about a lost answer: "it is this one" where one task fits, else "send again", or now and then "give up". */
async function settle(connection: ProfileConnection, job: Job): Promise<void> {
  const candidates = await call(connection, 'jobs.outcomeCandidates', { id: job.id });
  const prompts = await promptsOfTasks(candidates.map(({ taskId }) => taskId));
  const mine = candidates.find(({ taskId }) => prompts.get(taskId) === job.orderId);
  const otherwise = Number.parseInt(hashOf(job.orderId).slice(0, 4), 16) % 3 === 0 ? 'giveUp' : 'resend';
  await call(connection, 'jobs.resolveOutcome', {
    id: job.id,
    choice: mine ? { kind: 'task', taskId: mine.taskId } : { kind: otherwise },
  });
}

/** A person tells tasks apart by looking at them; here the driver's orders can be told by their bodies' hashes. */
async function promptsOfTasks(taskIds: string[]): Promise<Map<string, string>> {
  const { readPort, readSecrets } = await import('../../main/sandbox/place.ts');
  const { openJobsDb } = await import('../../main/storage/jobsDb.ts');
  const dir = path.join(plan.profileDir, 'sandbox');
  const response = await fetch(`http://127.0.0.1:${readPort(dir)?.port}/__sandbox/ledger`, {
    headers: { authorization: `Bearer ${readSecrets(dir).key}` },
  });
  const { tasks } = (await response.json()) as { tasks: { taskId: string; bodySha256: string }[] };
  const db = openJobsDb(plan.profileDir, { readOnly: true });
  const orderOfBody = new Map(
    db
      .all('SELECT order_id, body FROM jobs WHERE body IS NOT NULL')
      .map((row) => [hashOf(String(row.body)), String(row.order_id)]),
  );
  db.close();
  return new Map(
    tasks
      .filter(({ taskId }) => taskIds.includes(taskId))
      .map(({ taskId, bodySha256 }) => [taskId, orderOfBody.get(bodySha256) ?? '']),
  );
}

try {
  const { EVOLINK_API_KEY: _key, RESTAGE_API_URL: _api, RESTAGE_FILES_URL: _files, ...env } = process.env;
  const connection = await openProfile({
    profileDir: plan.profileDir,
    libraryDir: plan.libraryDir,
    host: 'browser',
    capabilities: { nativeDragOut: false, reveal: false, keychain: false, chooseFolder: false, notifications: false },
    secretBox: noSecretBox,
    selfCommand: {
      command: process.execPath,
      args: [path.join(import.meta.dirname, '../integration/app/entry.ts')],
    },
    env: {
      ...env,
      RESTAGE_SANDBOX_FAULTS: '1',
      RESTAGE_SANDBOX_TASK_SECONDS: String(plan.sandboxTaskSeconds),
      // It outlives every pause between two lives; the driver ends it.
      RESTAGE_SANDBOX_IDLE_MS: '300000',
    },
    locale: 'en',
    samplesDir: '',
    ...{ watchIntervalMs: 100, retryBaseMs: 100 },
  });
  await tell({ kind: 'open' });
  await orderAll(connection);
  await tell({ kind: 'ordered' });
  for (;;) {
    const open = (await call(connection, 'jobs.list', {})).filter(({ state }) => !isFinal(state));
    const questions = open.filter(({ waitingFor }) => waitingFor === 'outcome');
    if (plan.settlesOutcomes) for (const job of questions) await settle(connection, job);
    if (open.length === 0 || (!plan.settlesOutcomes && questions.length === open.length)) {
      await connection.close();
      await tell({ kind: 'done', openQuestions: questions.length });
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  process.exit(0);
} catch (error) {
  await tell({ kind: 'trouble', text: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  process.exit(1);
}
