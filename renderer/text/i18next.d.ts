import 'i18next';
import type { later } from '../../shared/i18n/en/later.ts';
import type { page } from '../../shared/i18n/en/page.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof page & typeof later };
  }
}
