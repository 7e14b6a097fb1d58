/** What start-up found and could not repair by itself. */
export const notices = {
  settingsDamaged:
    'The settings file could not be read, so Restage started with its defaults. The old file was kept as {{backup}} in the profile folder.',
  settingsRepaired:
    'Some settings were not usable and were reset: {{fields}}. The old file was kept as {{backup}} in the profile folder.',
  settingsNewer:
    'These settings were last written by a newer Restage. What this version does not know is kept, but not used.',
  startFailed: 'Restage could not start',
} as const;
