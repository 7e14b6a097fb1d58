/** What start-up found and could not repair by itself. */
export const notices = {
  settingsDamaged:
    'The settings file could not be read, so Restage started with its defaults. The old file was kept as {{backup}} in the profile folder.',
  settingsRepaired:
    'Some settings were not usable and were reset: {{fields}}. The old file was kept as {{backup}} in the profile folder.',
  settingsNewer:
    'These settings were last written by a newer Restage. What this version does not know is kept, but not used.',
  jobsRestored:
    'The list of jobs was damaged and was taken back from the backup of {{at}}. {{found}} results were found in the library; {{asked}} jobs may have been ordered since and wait for your word. The damaged file was kept as {{damaged}} in the profile folder.',
  jobsLost:
    'The list of jobs was damaged and there was no backup, so it starts empty. Results in the library are all there. The damaged file was kept as {{damaged}} in the profile folder.',
  creditsUnclear:
    'EvoLink named an amount of {{raw}} for an order that was estimated at {{estimate}} credits: it is unclear in which unit it counts. The amount is kept as it came, and sums and limits count the estimate. Please compare with your account at EvoLink.',
  originalsNoRoom:
    'The library’s disk is full: originals of {{count}} results could not be kept. The results themselves are there. Make room; the next start tries again.',
  originalsMissing:
    'Originals of {{count}} results could not be kept: a source or the library could not be read or written. The results themselves are there; the next start tries again.',
  startFailed: 'Restage could not start',
} as const;
