/** What the page says in en: every area that it needs, and no more, because a page loads all of it at start. */

import { app } from './app.ts';
import { create } from './create.ts';
import { elements } from './elements.ts';
import { errors } from './errors.ts';
import { firstRun } from './firstRun.ts';
import { jobs } from './jobs.ts';
import { keys } from './keys.ts';
import { library } from './library.ts';
import { limits } from './limits.ts';
import { notices } from './notices.ts';
import { orderRules } from './orderRules.ts';
import { plan } from './plan.ts';
import { provider } from './provider.ts';
import { queue } from './queue.ts';
import { rules } from './rules.ts';
import { settings } from './settings.ts';
import { spend } from './spend.ts';

export const page = {
  rules: { ...rules, ...orderRules },
  plan,
  errors,
  provider,
  jobs,
  notices,
  app,
  create,
  queue,
  keys,
  library,
  limits,
  settings,
  spend,
  firstRun,
  elements,
} as const;
