/** The settings as the host needs them outside the page: language of menus and dialogs, theme, what a person wants to be told. */
import type { Settings } from '../../../shared/contract/app.ts';
import { createTranslator, languageOf, type Translate } from '../../../shared/i18n/index.ts';
import type { PageBackend } from '../pageBackend.ts';

export interface HostSettings {
  /** Null until the profile is there. */
  get(): Settings | null;
  /** In the language of the settings; until they are there, in the system's. */
  t(): Translate;
  onChange(listener: () => void): void;
  follow(backend: Pick<PageBackend, 'call' | 'on'>): Promise<void>;
}

export function createHostSettings(locale: () => string): HostSettings {
  const listeners: (() => void)[] = [];
  let settings: Settings | null = null;
  let spoken: { language: ReturnType<typeof languageOf>; t: Translate } | null = null;

  function take(next: Settings): void {
    settings = next;
    for (const listener of listeners) listener();
  }

  return {
    get: () => settings,
    t() {
      const chosen = settings?.language ?? 'system';
      const language = chosen === 'system' ? languageOf(locale()) : chosen;
      if (spoken?.language !== language) spoken = { language, t: createTranslator(language) };
      return spoken.t;
    },
    onChange: (listener) => void listeners.push(listener),
    async follow(backend) {
      let hasChanged = false;
      backend.on('settings.changed', (changed) => {
        hasChanged = true;
        take(changed);
      });
      const stored = await backend.call('settings.get', {});
      if (stored.ok && !hasChanged) take(stored.value);
    },
  };
}
