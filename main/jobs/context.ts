/** What every stage of a job works with, and what a stage answers. */
import type { AccountStatus, Settings } from '../../shared/contract/app.ts';
import type { WaitingReason } from '../../shared/jobs/jobStates.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Assets } from '../intake/assets.ts';
import type { Originals } from '../library/originals/originals.ts';
import type { LibraryStore } from '../library/store.ts';
import type { Clock, Logger, MediaService, SettingsService } from '../services.ts';
import type { Shelf } from '../shelf/shelf.ts';
import type { DiskSpace, JobProblem, JobRecord } from './record/record.ts';
import type { JobStore } from './record/store.ts';
import type { Pace } from './trouble/patience.ts';
import type { BackOff } from './trouble/trouble.ts';
import type { Queue } from './turns/queue.ts';

export interface JobContext {
  store: JobStore;
  queue: Queue;
  assets: Assets;
  shelf: Shelf;
  media: MediaService;
  accounts: Accounts;
  library: LibraryStore;
  originals: Pick<Originals, 'keepOf'>;
  /** Asks the account of a job for its balance now, and tells the page. */
  askBalance: (accountId: string) => Promise<AccountStatus>;
  clock: Clock;
  logger: Logger;
  settings: () => Settings;
  /** Of a damaged settings file: asked before anything is paid. */
  limitsLoss: Pick<SettingsService, 'limitsLoss' | 'noteLimitsLoss'>;
  libraryDir: () => string;
  /** Complete and partial downloads, inside the profile. */
  incomingDir: string;
  watchIntervalMs: number;
  /** First pause of the back-off; it doubles up to a minute. No request about one order follows another one sooner. */
  retryBaseMs: number;
  /** When each task was last read, whoever read it. */
  taskPace: Pace;
}

/** moved: the state changed, go on. wait: stay, for a reason, until `delayMs` (null: until a person or an event releases it). */
export type StageResult = 'moved' | StageWait;

export interface StageWait {
  wait: WaitingReason;
  delayMs: number | null;
  detail: string;
  space?: DiskSpace;
  /** What is the matter, for a person. */
  problem?: JobProblem;
}

export interface StageRun {
  signal: AbortSignal;
  /** 0..1 of this stage. */
  onProgress: (ratio: number | null) => void;
  /** Full-jitter back-off of this job's consecutive waits. */
  backOff: BackOff;
}

export type Stage = (job: JobRecord, run: StageRun) => Promise<StageResult>;
