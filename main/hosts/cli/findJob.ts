/** The job that an id on the command line means: the whole id, or a beginning that only one job has. */
import type { Call } from '../../../shared/contract/index.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { RestageError } from '../../../shared/errors.ts';
import { cliReason } from './cliReason.ts';
import { type CommandContext, callOrThrow } from './context.ts';

export async function findJob(context: CommandContext, connection: { call: Call }): Promise<Job> {
  const id = context.positionals[0]?.trim() ?? '';
  const jobs = await callOrThrow(connection, 'jobs.list', {});
  const exact = jobs.find((job) => job.id === id);
  if (exact) return exact;
  const matches = jobs.filter((job) => id.length >= 3 && job.id.startsWith(id));
  const [only] = matches;
  if (only && matches.length === 1) return only;
  const rule = matches.length > 1 ? 'ambiguousJob' : 'unknownJob';
  const params = { value: id, count: matches.length, ids: matches.map((job) => job.id).join(', ') };
  throw new RestageError('refused', { reasons: [cliReason('id', rule, params)] });
}
