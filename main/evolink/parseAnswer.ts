/** JSON from outside, with whole numbers kept as they were written: an id that a float cannot hold would become somebody else's. */

interface SourceContext {
  source?: string;
}

/** Throws SyntaxError. Whole numbers beyond 2^53 come as their digits. */
export function parseAnswer(text: string): unknown {
  const keepDigits = (_key: string, value: unknown, context?: SourceContext): unknown =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? context?.source
      : value;
  return JSON.parse(text, keepDigits);
}
