/** Parts of the page that are fetched when they are first shown, together with the texts that the start does without. */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { laterTexts } from './i18n.ts';

export function later<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    const [part] = await Promise.all([load(), laterTexts()]);
    return { default: part };
  });
}
