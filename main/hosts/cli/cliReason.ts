/** The refusals that only the command line knows: their texts are `cli.refusals.<rule>`. */
import type { Reason, ReasonParams } from '../../../shared/errors.ts';
import type { cli } from '../../../shared/i18n/en/cli.ts';

export type CliRule = keyof (typeof cli)['refusals'];

const prefix = 'cli.';

export function cliReason(field: string, rule: CliRule, params: ReasonParams = {}): Reason {
  return { field, rule: `${prefix}${rule}`, params };
}

/** The rule's own name when it is one of the command line's, else null. */
export function cliRuleOf(reason: Reason): string | null {
  return reason.rule.startsWith(prefix) ? reason.rule.slice(prefix.length) : null;
}
