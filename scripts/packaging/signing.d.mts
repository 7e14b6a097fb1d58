/** Types of signing.mjs for the tests. */
export function signingArguments(env: Readonly<Record<string, string | undefined>>): string[];
