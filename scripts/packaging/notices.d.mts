/** Types of notices.mjs for the tests. */
export interface ShippedPart {
  name: string;
  version: string;
  identifier?: string;
  text?: string;
}
export function shippedParts(): ShippedPart[];
