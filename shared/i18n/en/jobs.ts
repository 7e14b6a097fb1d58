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
    answer: {
      label: 'Waiting for a usable answer',
      release: 'What the provider says cannot be used yet. It is asked again by itself, for a day.',
    },
    stuck: {
      label: 'Needs your look',
      release: 'After a day of trying nothing has changed. “Try again” asks once more; nothing is ordered again.',
    },
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
  doubt: {
    unit: 'Unit unclear: EvoLink says {{raw}}; the estimate of {{credits}} credits counts',
    size: 'Amount unclear: EvoLink says {{raw}}; the estimate of {{credits}} credits counts',
  },
  problem: {
    linkExpired: 'The result’s link expired before it could be downloaded.',
    answerUnreadable: 'The provider’s answer about this task cannot be read.',
    elementWithoutId: 'The provider calls the element completed and names no id of it yet.',
    resultMissing: 'The provider calls the task completed and gives no result that can be fetched yet.',
    resultLink: 'The result’s link is not one that may be opened.',
    resultAddress: 'The result’s link leads into a private network, so it was not opened.',
    resultGone: 'The result’s link no longer works.',
    resultEmpty: 'What came instead of the result is an empty file.',
    resultNotVideo: 'What came instead of the result is no video.',
    resultTooLarge: 'What came instead of the result is far too large for it.',
    furtherResults: 'The provider made more than one result; all that could be fetched are in the library.',
    vanished: 'The provider has not known the task for 24 hours.',
  },
} as const;
