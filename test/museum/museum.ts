/** All kinds of the museum, and the page about them in docs/. */
import { clipKinds } from './clipKinds.ts';
import { jpegKinds } from './jpegKinds.ts';
import type { ClipVerdict, PictureKind, Verdict } from './kinds.ts';
import { otherKinds } from './otherKinds.ts';
import { pngKinds } from './pngKinds.ts';

export { clipKinds } from './clipKinds.ts';

export const pictureKinds: readonly PictureKind[] = [...jpegKinds, ...pngKinds, ...otherKinds];

const words: Readonly<Record<Verdict | ClipVerdict, string>> = {
  untouched: 'sent as it is',
  cleaned: 'the same pixels, without what lies beside them',
  converted: 'written anew',
  copied: 'the same pictures, copied into a new file',
  prepared: 'encoded anew, picture for picture',
  blocked: 'taken in, refused by a rule until it is changed',
  refused: 'refused, with the reason',
};

interface Line {
  what: string;
  expect: { verdict: Verdict | ClipVerdict; says?: readonly string[] };
}

function tableOf(title: string, kinds: readonly Line[]): string {
  const rows = kinds.map(
    ({ what, expect }) => `| ${what} | ${words[expect.verdict]} | ${(expect.says ?? []).join(', ') || '–'} |`,
  );
  return `## ${title} (${rows.length})

| file | what is sent | what is said |
|---|---|---|
${rows.join('\n')}
`;
}

/** The text of docs/formats.md. */
export function formatsPage(): string {
  return `# What Restage does with each kind of file

Made by \`npm run test:museum -- --write\` from \`test/museum/\`: every line is a file that is drawn, put through Restage and judged by ffmpeg.
The last column names the rules that speak up, as \`rules.*\` of \`shared/i18n\` words them.

${tableOf('Pictures', pictureKinds)}
${tableOf('Clips', clipKinds)}`;
}
