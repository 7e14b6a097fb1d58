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
    network: { label: 'Waiting for the network', release: 'Tried again by itself when the line is back.' },
    answer: {
      label: 'Waiting for a usable answer',
      release: 'What the provider says cannot be used yet. It is asked again by itself, for a day.',
    },
    stuck: {
      label: 'Needs your look',
      release: 'After a day of trying nothing has changed. “Try again” asks once more; nothing is ordered again.',
    },
    apiKey: { label: 'Waiting for the API key', release: 'Enter the key of this account in Settings.' },
    credits: { label: 'Waiting for credits', release: 'Top up the account; it goes on by itself.' },
    rateLimit: { label: 'The provider asks for patience', release: 'Tried again by itself.' },
    budget: {
      label: 'Waiting for your spending limit',
      release: 'Raise the limit in Settings, or let this job through.',
    },
    consent: {
      label: 'Waiting for your yes',
      release: 'Ordered while the balance was unknown. Say yes or no once, for all such orders together.',
    },
    outcome: {
      label: 'Outcome unknown',
      release: 'The answer to the order was lost. Say what it is: that task, send again, or give up.',
    },
    quota: { label: 'Waiting for room on the file host', release: 'Own uploads that no job needs are deleted first.' },
    disk: { label: 'Waiting for disk space', release: 'Free some space; it goes on by itself.' },
    folder: {
      label: 'Waiting for the library folder',
      release: 'Connect the drive, or choose another folder in Settings.',
    },
    source: { label: 'Waiting for the source file', release: 'Put the file back or connect its drive.' },
    paused: { label: 'Paused', release: 'Continue it when you like.' },
    held: { label: 'Held with the queue', release: '“Resume all” lets it go on.' },
    slot: {
      label: 'Waiting for a place',
      release: 'It goes on when a job at the provider is done. Settings say how many may run at once.',
    },
  },
  news: {
    finished: { one: 'The result is finished', many: 'Results finished: {{number}}' },
    attention: { one: 'A job needs you', many: 'Jobs that need you: {{number}}' },
    linkDies: { one: 'A paid result has to be fetched soon', many: 'Paid results to be fetched soon: {{number}}' },
  },
  sandboxCharge: 'Sandbox: nothing is charged',
  space: '{{needed}} needed, {{free}} free.',
  doubt: {
    unit: 'Unit unclear: EvoLink says {{raw}}; the estimate of {{credits}} credits counts',
    size: 'Amount unclear: EvoLink says {{raw}}; the estimate of {{credits}} credits counts',
  },
  problem: {
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
    linkExpired: 'The result’s link expired before it could be fetched.',
    vanished: 'The provider has not known the task for 24 hours.',
  },
} as const;
