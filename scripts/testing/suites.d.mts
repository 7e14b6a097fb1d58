export interface Named {
  name: string;
  reason: string | null;
}
export interface Counts {
  passed: number;
  failed: Named[];
  skipped: Named[];
  crashed: string[];
}
export const coreSuites: string[];
export const longSuites: string[];
export function runSuite(name: string, options: { folder: string; extraArgs?: string[] }): Promise<Counts>;
export function countPlaywright(report: object): Counts;
