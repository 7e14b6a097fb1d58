/** All kinds of the museum, and the page about them in docs/. */
import { jpegKinds } from './jpegKinds.ts';
import type { Kind, Verdict } from './kinds.ts';
import { otherKinds } from './otherKinds.ts';
import { pngKinds } from './pngKinds.ts';

export const kinds: readonly Kind[] = [...jpegKinds, ...pngKinds, ...otherKinds];

const words: Readonly<Record<Verdict, string>> = {
  untouched: 'sent as it is',
  cleaned: 'the same pixels, without what lies beside them',
  converted: 'written anew',
  blocked: 'taken in, refused by a rule until it is changed',
  refused: 'refused, with the reason',
};

/** The text of docs/formats.md. */
export function formatsPage(): string {
  const rows = kinds.map(
    ({ what, expect }) => `| ${what} | ${words[expect.verdict]} | ${(expect.says ?? []).join(', ') || '–'} |`,
  );
  return `# What Restage does with each kind of file

Made by \`npm run test:museum -- --write\` from \`test/museum/\`: every line is a file that is drawn, put through Restage and judged by ffmpeg.
The last column names the rules that speak up, as \`rules.*\` of \`shared/i18n\` words them.

## Pictures (${rows.length})

| file | what is sent | what is said |
|---|---|---|
${rows.join('\n')}
`;
}
