/** The limits that hold now, for components: the table, or a person's word over it. */
import { useMemo } from 'react';
import { limitsWith } from '../../../shared/rules/limitOverrides.ts';
import { type Limits, tableLimits } from '../../../shared/rules/limits.ts';
import { useSettings } from '../../bridge/queries.ts';

export function useLimits(): Limits {
  const overrides = useSettings().data?.limitOverrides;
  return useMemo(() => (overrides ? limitsWith(overrides) : tableLimits), [overrides]);
}
