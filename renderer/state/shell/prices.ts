/** The prices that hold now, for components: as published, or a person's word over them. */
import { useMemo } from 'react';
import { type Prices, pricesWith } from '../../../shared/money/pricing.ts';
import { useSettings } from '../../bridge/queries.ts';

export function usePrices(): Prices {
  const override = useSettings().data?.priceOverride ?? null;
  return useMemo(() => pricesWith(override), [override]);
}
