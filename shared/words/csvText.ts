/** One field of a table for spreadsheets: RFC 4180, nothing in it is run as a formula. Pure. */
import { shownText } from './shownText.ts';

/** The mark that makes Excel read UTF-8. */
const byteOrderMark = '\uFEFF';

/** A text that a spreadsheet would run as a formula gets an apostrophe, which shows it as text. */
export function safeText(raw: string): string {
  const text = shownText(raw);
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows of fields that are safe already, each line ended as RFC 4180 says. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  `${byteOrderMark}${rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('')}`;
