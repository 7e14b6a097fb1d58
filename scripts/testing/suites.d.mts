export interface Counts {
  passed: number;
  failed: number;
  skipped: { name: string; reason: string | null }[];
  crashed: string[];
}
export const suiteNames: string[];
export function runSuite(name: string, options: { folder: string; extraArgs?: string[] }): Promise<Counts>;
export function countPlaywright(report: object): Counts;
