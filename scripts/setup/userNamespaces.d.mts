/** Types of userNamespaces.mjs for the tests. */
export function sandboxProblem(
  program: string,
  options?: Readonly<{ platform?: NodeJS.Platform; uid?: number; env?: Readonly<Record<string, string | undefined>> }>,
): Promise<string | null>;
