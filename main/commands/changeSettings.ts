/** One way to change settings, whoever asks: checked in words, stored, told to every page, and what waited for it tried again. */
import type { Settings } from '../../shared/contract/app.ts';
import { RestageError } from '../../shared/errors.ts';
import { findPriceTrouble, type PriceOverride } from '../../shared/money/pricing.ts';
import { findTrouble } from '../../shared/rules/limitOverrides.ts';
import { findNamingTrouble } from '../../shared/words/resultName.ts';
import type { Accounts, Provider } from '../accounts/accounts.ts';
import type { EventHub } from '../events.ts';
import type { Runner } from '../jobs/runner.ts';
import type { SettingsService } from '../services.ts';

interface ChangeServices {
  settings: SettingsService;
  accounts: Accounts;
  runner: Runner;
  events: EventHub;
  provider: () => Provider;
}

/** Only the fields that are named change. Throws refused with the rule that a value breaks. */
export type SettingsChange = (patch: Partial<Settings>) => Settings;

export function createSettingsChange({ settings, accounts, runner, events, provider }: ChangeServices): SettingsChange {
  return (patch) => {
    if (patch.limitOverrides) requireSensible(patch.limitOverrides);
    if (patch.namingTemplate !== undefined) requireName(patch.namingTemplate);
    if (patch.priceOverride) requirePrices(patch.priceOverride);
    const next = settings.set(patch);
    events.emit('settings.changed', next);
    events.emit('account.changed', accounts.status(provider()));
    runner.release(['budget', 'folder', 'apiKey', 'slot']);
    return next;
  };
}

const limitRules = { value: 'limits.value', order: 'limits.order', twice: 'limits.twice' } as const;

/** Limits that no file could ever meet would stop everything, without a word of why. */
function requireSensible(overrides: Parameters<typeof findTrouble>[0]): void {
  const found = findTrouble(overrides);
  if (!found) return;
  const { trouble, target, name } = found;
  throw new RestageError('refused', {
    reasons: [{ field: 'limitOverrides', rule: limitRules[trouble], params: { target, name } }],
  });
}

function requirePrices(override: PriceOverride): void {
  const name = findPriceTrouble(override);
  if (name === null) return;
  throw new RestageError('refused', {
    reasons: [{ field: 'priceOverride', rule: 'prices.value', params: { name, found: override[name] ?? '' } }],
  });
}

function requireName(template: string): void {
  const trouble = findNamingTrouble(template);
  if (!trouble) return;
  const { rule, ...params } = trouble;
  throw new RestageError('refused', {
    reasons: [{ field: 'namingTemplate', rule, params: { template, ...params } }],
  });
}
