/** Types of beforePack.mjs for the tests. */
export function encoderProblem(options: {
  platformName: string;
  env?: Readonly<Record<string, string | undefined>>;
  folder?: string;
}): string | null;
export function machineProblem(options: { platformName: string; arch: string; folder?: string }): string | null;
