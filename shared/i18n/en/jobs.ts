/** The life of a job in words. */
export const jobs = {
  state: {
    queued: 'Queued',
    preparing: 'Preparing',
    uploading: 'Uploading',
    submitting: 'Submitting',
    running: 'Running',
    downloading: 'Downloading',
    completed: 'Completed',
    failed: 'Failed',
    cancelled: 'Cancelled',
    expired: 'Expired',
  },
  waiting: {
    network: { label: 'Waiting: no network', release: 'Retries when the connection is back.' },
    apiKey: { label: 'Waiting: API key', release: 'Enter this account’s key in Settings.' },
    credits: { label: 'Waiting: not enough credits', release: 'Top up the account; it then continues.' },
    rateLimit: { label: 'Waiting: provider limit', release: 'Retries by itself.' },
    budget: {
      label: 'Waiting: spending limit',
      release: 'Raise the limit in Settings, or let this job through.',
    },
    consent: {
      label: 'Waiting: your confirmation',
      release: 'Queued while the balance was unknown. One answer covers all such jobs.',
    },
    outcome: {
      label: 'Outcome unknown',
      release: 'EvoLink’s answer was lost. Decide: that task, send again, or give up.',
    },
    quota: { label: 'Waiting: upload storage full', release: 'Uploads that no job needs are deleted first.' },
    disk: { label: 'Waiting: disk full', release: 'Free some space; it then continues.' },
    folder: {
      label: 'Waiting: library folder',
      release: 'Connect the drive, or choose another folder in Settings.',
    },
    source: { label: 'Waiting: source file', release: 'Put the file back or connect its drive.' },
    paused: { label: 'Paused', release: 'Resume it when you like.' },
    held: { label: 'Waiting: the queue is paused', release: 'Resume the queue to continue.' },
    slot: {
      label: 'Waiting: all places taken',
      release: 'Continues when a running job is done. Change the number in Settings.',
    },
  },
  news: {
    finished: { one: 'Result finished', many: '{{number}} results finished' },
    attention: { one: 'A job needs you', many: '{{number}} jobs need you' },
    linkDies: { one: 'A paid result must be downloaded soon', many: '{{number}} paid results must be downloaded soon' },
  },
  testCredits: 'Test credits: nothing is paid',
  space: '{{needed}} needed, {{free}} free.',
  problem: {
    linkExpired: 'The result’s link expired before it could be downloaded.',
    vanished: 'The provider has not known the task for 24 hours.',
  },
} as const;
