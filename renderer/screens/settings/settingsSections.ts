/** What the settings are divided into: groups in the order of what is looked for most, and where the words of each section stand in the catalogue. Pure. */
export const settingsGroups = [
  { id: 'results', sections: ['folders', 'naming', 'projects', 'originals'] },
  { id: 'account', sections: ['key', 'provider'] },
  { id: 'interface', sections: ['look', 'notifications'] },
  { id: 'rules', sections: ['limits', 'prices', 'overrides'] },
  { id: 'jobs', sections: ['preparing', 'webHook', 'atOnce'] },
  { id: 'network', sections: ['line', 'privacy'] },
  { id: 'keys', sections: ['keys'] },
  { id: 'diagnostics', sections: ['diagnostics'] },
] as const;

export type SettingsGroup = (typeof settingsGroups)[number]['id'];
export type SettingsSection = (typeof settingsGroups)[number]['sections'][number];

export const settingsSections: readonly SettingsSection[] = settingsGroups.flatMap(({ sections }) => sections);

/** Branches of the catalogue: what stands there is what a section is found by. The first one has its title. */
export const sectionTexts: Readonly<Record<SettingsSection, readonly [string, ...string[]]>> = {
  folders: ['settings.folders'],
  naming: ['settings.naming'],
  projects: ['settings.projects'],
  originals: ['settings.originals'],
  key: ['settings.key'],
  provider: ['settings.provider'],
  look: ['settings.look'],
  notifications: ['settings.notifications'],
  limits: ['settings.limits'],
  prices: ['settings.prices'],
  overrides: ['limits'],
  preparing: ['settings.preparing'],
  webHook: ['settings.webHook'],
  atOnce: ['settings.atOnce'],
  line: ['settings.line'],
  privacy: ['settings.privacy'],
  keys: ['keys'],
  diagnostics: ['settings.diagnostics', 'settings.firstRunAgain'],
};
