/** How settings documents of earlier versions become today's: one numbered step each, in order. */

/** The file's content: `version` beside the fields of settingsSchema; fields of newer versions are kept as they are. */
export type SettingsDocument = Record<string, unknown>;

export interface SettingsMigration {
  toVersion: number;
  /** Pure; gets the document of the version before. */
  migrate(document: SettingsDocument): SettingsDocument;
}

export const settingsVersion = 1;

/** Version 1 is the first that carries its number: what was written without one has the same fields. */
export const settingsMigrations: readonly SettingsMigration[] = [{ toVersion: 1, migrate: (document) => document }];
