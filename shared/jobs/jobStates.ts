/** The life of a job as one pure table: states, events, and which pairs are legal. After `submitting`, local trouble never means failed. */
export const jobStates = [
  'queued', // on disk, nothing done yet
  'preparing', // the clip and the image are being made legal
  'uploading', // files go to the account's file host
  'submitting', // key and exact body are on disk; the POST may have been sent
  'running', // the server has the task
  'downloading', // the server is done; the result is being fetched
  'completed', // the result is in the library (or the element id is known)
  'failed', // the server said so, or the input cannot be prepared (nothing was sent)
  'cancelled', // stopped before submission, cancelled by the server, or an unknown outcome given up
  'expired', // paid, and the result's link died before it could be fetched
] as const;
export type JobState = (typeof jobStates)[number];

export const finalStates: readonly JobState[] = ['completed', 'failed', 'cancelled', 'expired'];
export const isFinal = (state: JobState): boolean => finalStates.includes(state);

/** Why a job that is not final does not move. */
export const waitingReasons = [
  'network',
  'answer', // the provider's answers cannot be used yet: asked again by itself, for a day
  'stuck', // a day of that, or of any other trouble, is over: a person says whether it is tried again
  'apiKey',
  'credits',
  'rateLimit',
  'budget',
  'consent', // ordered while the balance was unknown: a person says yes once it is known
  'outcome',
  'quota',
  'disk',
  'folder',
  'source',
  'paused',
  'slot',
] as const;
export type WaitingReason = (typeof waitingReasons)[number];

/** Reasons that only a person can release (the CLI's exit code 3). */
export const personReasons: readonly WaitingReason[] = [
  'stuck',
  'apiKey',
  'credits',
  'budget',
  'consent',
  'outcome',
  'folder',
  'source',
  'disk',
  'paused',
];

export const jobEvents = [
  'start', // a slot is free
  'prepared',
  'uploaded',
  'uploadDied', // an upload URL would not live long enough: back to uploading, before anything was sent
  'submitIntended', // key and body are on disk
  'accepted', // the server answered with a task
  'nothingStarted', // the server surely started nothing, and the same body may go again later
  'bodyMustChange', // nothing was started, and the body names something dead: upload again, new key
  'refusedByServer', // the request was refused for good
  'unpreparable', // the input cannot be made legal; nothing was sent
  'serverCompleted',
  'serverFailed',
  'serverCancelled',
  'vanished', // the server has not known the task for 24 h
  'disowned', // the server has never known the task that its answer to the order named
  'fetched', // verified, renamed, sidecar written
  'linkExpired', // completed over 24 h ago and not fetched
  'cancelled', // by a person, before submission
  'gaveUp', // a person gave up an unknown outcome
  'claimed', // a person said which task it is
] as const;
export type JobEvent = (typeof jobEvents)[number];

const table: Readonly<Record<JobState, Partial<Record<JobEvent, JobState>>>> = {
  queued: { start: 'preparing', cancelled: 'cancelled', unpreparable: 'failed' },
  preparing: { prepared: 'uploading', unpreparable: 'failed', cancelled: 'cancelled' },
  uploading: {
    uploaded: 'submitting',
    submitIntended: 'submitting',
    refusedByServer: 'failed',
    unpreparable: 'failed',
    cancelled: 'cancelled',
  },
  submitting: {
    accepted: 'running',
    claimed: 'running',
    nothingStarted: 'submitting',
    bodyMustChange: 'uploading',
    uploadDied: 'uploading',
    refusedByServer: 'failed',
    gaveUp: 'cancelled',
  },
  running: {
    serverCompleted: 'downloading',
    fetched: 'completed',
    serverFailed: 'failed',
    serverCancelled: 'cancelled',
    vanished: 'expired',
    disowned: 'submitting',
  },
  // "Completed" was one word of the server's: as long as nothing could be fetched, its later words count as well.
  downloading: { fetched: 'completed', linkExpired: 'expired', serverFailed: 'failed', serverCancelled: 'cancelled' },
  completed: {},
  failed: {},
  cancelled: {},
  expired: {},
};

/** The next state, or null when the event has no meaning in that state (the caller logs it and changes nothing). */
export function nextState(state: JobState, event: JobEvent): JobState | null {
  return table[state][event] ?? null;
}

/** Whether cancelling is real (nothing has been sent). Later a job can only be hidden. */
export function isCancellable(state: JobState): boolean {
  return nextState(state, 'cancelled') === 'cancelled';
}
