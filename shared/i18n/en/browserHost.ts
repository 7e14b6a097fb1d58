/** What the browser host says in the terminal. */
export const browserHost = {
  help: 'Restage in a browser window.\n\n  --profile DIR   where settings, jobs and logs are kept\n  --library DIR   where results are written, for this run\n  --print         print the address instead of opening a window\n  --version       print the version\n  --help          print this text',
  window: 'Restage is open in a window of {{browser}}. Closing it ends Restage; jobs go on at the next start.',
  windowFailed: '{{browser}} did not open a window. Open this address in a browser instead:',
  noDisplay: 'There is no display here. Open the address below in a browser on this machine.',
  noBrowser: 'No Chrome, Chromium or Edge was found. Open the address below in a browser on this machine.',
  once: 'The address is good once, for ten minutes: the browser that opens it first is let in. Start Restage again for another.',
  idle: 'No page was open for an hour and no job is at work: Restage ends. Start it again any time.',
  alreadyRunning: 'Restage is running already; opening another window on it.',
  forwarded:
    'Another Restage works in this profile. Calls are handed to it; pictures and new files work again when it has ended.',
} as const;
