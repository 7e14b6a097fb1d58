/** What the page says in ja from its start on; what only later parts of it say is in `later.ts`. */

import { app } from './app.ts';
import { conformRules } from './conformRules.ts';
import { create } from './create.ts';
import { errors } from './errors.ts';
import { handoff } from './handoff.ts';
import { jobs } from './jobs.ts';
import { keys } from './keys.ts';
import { limits } from './limits.ts';
import { notices } from './notices.ts';
import { orderRules } from './orderRules.ts';
import { plan } from './plan.ts';
import { provider } from './provider.ts';
import { rules } from './rules.ts';

export const page = {
  rules: { ...rules, ...orderRules, ...conformRules, handoff },
  plan,
  errors,
  provider,
  notices,
  app,
  create,
  jobs,
  keys,
  limits,
} as const;
