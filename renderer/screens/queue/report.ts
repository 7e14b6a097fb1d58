/** A job as text for a report: what happened, no folder and no key. Pure. */
import type { Job } from '../../../shared/contract/jobs.ts';

export interface LogLine {
  at: string;
  event: string;
  detail: string;
}

export function reportOf(job: Job, log: readonly LogLine[], version: string): string {
  const { file: _file, sidecar: _sidecar, ...facts } = job;
  return [
    `Restage ${version} · job ${job.id} · ${job.state}${job.waitingFor ? ` · waiting: ${job.waitingFor}` : ''}`,
    '',
    ...log.map((line) => `${line.at}  ${line.event}  ${line.detail}`),
    '',
    JSON.stringify(facts, null, 2),
    '',
  ].join('\n');
}
