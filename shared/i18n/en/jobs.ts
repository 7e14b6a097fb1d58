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
  problem: {
    linkExpired: 'The result’s link expired before it could be fetched.',
    vanished: 'The provider has not known the task for 24 hours.',
  },
} as const;
