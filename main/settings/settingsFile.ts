/** Reads a settings document as it lies on disk and brings it to a state the store can open: migrated, repaired, reported. */
import fs from 'node:fs';
import path from 'node:path';
import { type Settings, settingsSchema } from '../../shared/contract/app.ts';
import { RestageError } from '../../shared/errors.ts';
import type { SettingsService } from '../services.ts';
import { type SettingsDocument, settingsMigrations, settingsVersion } from './migrations.ts';

export type SettingsNotice = ReturnType<SettingsService['notices']>[number];

export interface OpenedDocument {
  /** What the store should hold; null: there is no file yet. */
  document: SettingsDocument | null;
  notices: SettingsNotice[];
  /** True when `document` differs from the file and must be written. */
  isChanged: boolean;
  /** Why a copy has to be kept before anything is written: part of the copy's name. */
  backup: 'damaged' | `v${number}` | null;
}

/** Beside the settings in the same file: no choice of a person, see SettingsService. */
export const limitsLossField = 'limitsLost';

/** Pure but for reading: what is in the file, migrated to today's version, each unusable field replaced by its default. */
export function readDocument(file: string): OpenedDocument {
  const text = readText(file);
  if (text === null) return { document: null, notices: [], isChanged: false, backup: null };
  const found = parseObject(text);
  if (found === null) {
    const notices = [{ id: 'settingsDamaged' }];
    return { document: { [limitsLossField]: 'lost' }, notices, isChanged: true, backup: 'damaged' };
  }
  const foundVersion = typeof found.version === 'number' ? found.version : 0;
  const migrated = migrate(found, foundVersion);
  const { document, repairedFields } = repair(migrated);
  const isMigrated = foundVersion < settingsVersion;
  const notices: SettingsNotice[] = [];
  if (repairedFields.length > 0)
    notices.push({ id: 'settingsRepaired', params: { fields: repairedFields.join(', ') } });
  if (foundVersion > settingsVersion) notices.push({ id: 'settingsNewer' });
  return {
    document,
    notices,
    isChanged: isMigrated || repairedFields.length > 0,
    backup: repairedFields.length > 0 ? 'damaged' : isMigrated ? `v${foundVersion}` : null,
  };
}

/** The settings of a profile without touching it, for processes that do not hold the profile's lock. */
export function readSettings(profileDir: string): Settings {
  return settingsSchema.parse(readDocument(path.join(profileDir, 'settings.json')).document ?? {});
}

/** A copy beside the file, named after why and when, readable by its owner alone. */
export function backUp(file: string, why: string): string {
  const copy = `${file}.${why}-${new Date().toISOString().replaceAll(':', '-')}`;
  fs.copyFileSync(file, copy, fs.constants.COPYFILE_EXCL);
  fs.chmodSync(copy, 0o600);
  return copy;
}

/** Half-written files that a killed process left behind. Only the holder of the profile may call it. */
export function sweepTemporaryFiles(file: string): void {
  const folder = path.dirname(file);
  if (!fs.existsSync(folder)) return;
  const prefix = `${path.basename(file)}.tmp-`;
  for (const name of fs.readdirSync(folder)) {
    if (name.startsWith(prefix)) fs.rmSync(path.join(folder, name), { force: true });
  }
}

function readText(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new RestageError('storage', {
      detail: `${path.basename(file)} cannot be read: ${String(error)}`,
      cause: error,
    });
  }
}

function parseObject(text: string): SettingsDocument | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null; // not JSON: the caller keeps a copy and says so
  }
}

function migrate(document: SettingsDocument, fromVersion: number): SettingsDocument {
  if (fromVersion >= settingsVersion) return document;
  const steps = settingsMigrations.filter((step) => step.toVersion > fromVersion);
  const migrated = steps.reduce((current, step) => step.migrate(current), document);
  return { ...migrated, version: settingsVersion };
}

function repair(document: SettingsDocument): { document: SettingsDocument; repairedFields: string[] } {
  const repairedFields: string[] = [];
  const repaired: SettingsDocument = { ...document };
  for (const [field, schema] of Object.entries(settingsSchema.shape)) {
    if (field in repaired && !schema.safeParse(repaired[field]).success) {
      repairedFields.push(field);
      delete repaired[field];
      if (field === 'limits') repaired[limitsLossField] = 'lost';
    }
  }
  return { document: repaired, repairedFields };
}
