/** What a benchmark found, as lines on the terminal and as JSON and Markdown in results/. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from './measure.ts';

export type About = Readonly<Record<string, string | number>>;

const verdict = ({ holds }: Row) => (holds === null ? 'not measured' : holds ? 'holds' : 'MISSED');

export function say(row: Row): void {
  process.stdout.write(`${verdict(row).padEnd(12)} ${row.what}\n             ${row.seen}\n`);
}

/** A row that could not be measured has not held. */
export function failedRow(what: string, error: unknown): Row {
  return { what, bar: '', seen: String(error).slice(0, 300), holds: false, numbers: {} };
}

export async function writeReport(name: string, title: string, report: { about: About; rows: readonly Row[] }) {
  const results = join(import.meta.dirname, 'results');
  await mkdir(results, { recursive: true });
  await writeFile(join(results, `${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(join(results, `${name}.md`), toMarkdown(title, report.rows, report.about));
}

function toMarkdown(title: string, rows: readonly Row[], about: About): string {
  const facts = Object.entries(about).map(([fact, value]) => `${fact} ${value}`);
  return [
    `# ${title}`,
    '',
    `${facts.join(' · ')}. Times are reported, ratios are judged.`,
    '',
    '| what | bar | seen | |',
    '|---|---|---|---|',
    ...rows.map((row) => `| ${row.what} | ${row.bar} | ${row.seen} | ${verdict(row)} |`),
    '',
  ].join('\n');
}
