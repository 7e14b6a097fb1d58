/** Applies language, theme and scale of the settings to the page, and remembers the language so that the next start speaks it from the first paint. */
import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language, Settings } from '../../../shared/contract/app.ts';
import { languageOf } from '../../../shared/i18n/base.ts';
import { languageFor, speak } from '../../text/i18n.ts';
import { applyScale } from './scale.ts';

const storageKey = 'restage.language';

export function rememberedLanguage(): Language {
  try {
    return languageOf(localStorage.getItem(storageKey) ?? navigator.language);
  } catch {
    return languageOf(navigator.language);
  }
}

export function useApplyPreferences(settings: Settings | undefined, locale: string | undefined): void {
  const { i18n } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const theme = settings?.theme;
  const scalePercent = settings?.interfaceScalePercent;
  const language = settings ? languageFor(settings.language, locale ?? navigator.language) : null;

  useEffect(() => {
    if (theme) setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [theme, setColorScheme]);

  // Before anything is measured.
  useLayoutEffect(() => {
    if (scalePercent) applyScale(scalePercent);
  }, [scalePercent]);

  useEffect(() => {
    if (!language) return;
    document.documentElement.lang = language;
    void speak(i18n, language);
    try {
      localStorage.setItem(storageKey, language);
    } catch {
      // Only the first paint of the next start speaks another language then.
    }
  }, [language, i18n]);
}
