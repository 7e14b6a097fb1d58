/** The settings of a profile: one electron-store file that is checked, migrated and never lost silently. */
import path from 'node:path';
import Store from 'electron-store';
import { z } from 'zod';
import { type Settings, settingsSchema } from '../../shared/contract/app.ts';
import { RestageError } from '../../shared/errors.ts';
import type { LimitsLoss, Logger, SettingsService } from '../services.ts';
import { type SettingsDocument, settingsVersion } from './migrations.ts';
import {
  backUp,
  limitsLossField,
  type OpenedDocument,
  readDocument,
  type SettingsNotice,
  sweepTemporaryFiles,
} from './settingsFile.ts';

const lossSchema: z.ZodType<LimitsLoss> = z.enum(['none', 'lost', 'told']).catch('none');

/** Only the process that holds the profile's lock may open settings this way; others use `readSettings`. */
export function createSettings(options: { profileDir: string; logger?: Logger }): SettingsService & { close(): void } {
  const file = path.join(options.profileDir, 'settings.json');
  sweepTemporaryFiles(file);
  const opened = readDocument(file);
  const notices = keepCopy(file, opened);
  for (const notice of notices) options.logger?.warn(notice.id, notice.params);

  const store = openStore(options.profileDir, opened);
  const listeners = new Set<(settings: Settings) => void>();
  let current = settingsSchema.parse(store.store);

  return {
    get: () => current,
    set(patch) {
      const named = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const next = settingsSchema.parse({ ...current, ...named });
      // Limits that were set, also to none, are no longer lost.
      const found = 'limits' in named ? { ...named, [limitsLossField]: 'none' } : named;
      write(() => store.set(found)); // the rest of the file, also of newer versions, stays as it is
      current = next;
      for (const listener of listeners) listener(current);
      return current;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    notices: () => notices,
    limitsLoss: () => lossSchema.parse(store.get(limitsLossField)),
    noteLimitsLoss: (loss) => write(() => store.set(limitsLossField, loss)),
    close: () => listeners.clear(),
  };
}

function keepCopy(file: string, opened: OpenedDocument): SettingsNotice[] {
  if (opened.backup === null) return opened.notices;
  const copy = path.basename(backUp(file, opened.backup));
  return opened.notices.map((notice) => ({ ...notice, params: { ...notice.params, backup: copy } }));
}

/** What is in it was checked by the contract's schema before, and so is each change: a second schema would cost a tenth of the start. */
function openStore(profileDir: string, opened: OpenedDocument): Store<SettingsDocument> {
  if (opened.isChanged) writeWhole(profileDir, opened.document ?? {});
  return new Store<SettingsDocument>({
    ...storeOptions(profileDir, 'settings'),
    defaults: { ...settingsSchema.parse({}), version: settingsVersion },
  });
}

/** A document that had to be repaired is first replaced by its repaired form, through the same atomic writer. */
function writeWhole(profileDir: string, document: SettingsDocument): void {
  const file = path.join(profileDir, 'settings.json');
  const writer = new Store<SettingsDocument>({
    ...storeOptions(profileDir, 'settings'),
    // Reading would throw on the file that is about to be replaced.
    deserialize: () => ({}),
  });
  write(() => {
    writer.store = document;
  });
  if (!readDocument(file).document)
    throw new RestageError('storage', { detail: 'settings.json could not be replaced' });
}

/** Common to every store file: dots are no paths (names of models have dots), and nobody but the owner reads them. */
export function storeOptions(profileDir: string, name: string) {
  return {
    cwd: path.resolve(profileDir),
    name,
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
    // Never `clearInvalidConfig`: it would wipe a file that a person may still want to repair.
  };
}

/** A write that fails says what it was about instead of an errno. */
export function write(action: () => void): void {
  try {
    action();
  } catch (error) {
    const errno = error instanceof Error && 'code' in error ? error.code : null;
    throw new RestageError(errno === 'ENOSPC' ? 'diskFull' : 'storage', {
      detail: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
}
