/** The JavaScript that the page asks for until the Create screen stands there, each answer gzipped as a compressing server would send it. */
import { gzipSync } from 'node:zlib';
import type { Response } from '@playwright/test';
import type { Editor } from './editorPage.ts';
import { type Row, round } from './measure.ts';

const mostKb = 220;

/** After the first run: a person's every start. */
export async function startScriptRow(editor: Editor): Promise<Row> {
  const page = await editor.context.newPage();
  const scripts: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });
  try {
    await page.goto(editor.host.address);
    await page.getByTestId('price').waitFor();
    const sizes = await Promise.all(scripts.map(async (script) => gzipSync(await script.body(), { level: 9 }).length));
    const kb = sizes.reduce((sum, size) => sum + size, 0) / 1000;
    return {
      what: 'JavaScript at start, until the Create screen shows its price: every script, gzipped',
      bar: `under ${mostKb} kB`,
      seen: `${round(kb, 1)} kB in ${sizes.length} files`,
      holds: kb < mostKb,
      numbers: { kb: round(kb, 1), files: sizes.length },
    };
  } finally {
    await page.close();
  }
}
