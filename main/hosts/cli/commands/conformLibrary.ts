/** `restage library conform IDS|TEXT`: copies of results for a timeline, each said with what a person has to know about it. */
import type { CommandContext, Outcome } from '../context.ts';
import { copyLines, exitCodeOfCopies, makeCopies, readCopyOptions } from '../copies.ts';
import { findResults } from '../findResults.ts';

export async function conformLibrary(context: CommandContext): Promise<Outcome> {
  const options = readCopyOptions(context, 'preset');
  const connection = await context.connect();
  const wanted = await findResults(context, connection);
  const folder = context.flags.one('out');
  const { answer } = await makeCopies(context, connection, { options, wanted, folder });
  const text = `${copyLines(context, answer, wanted).join('\n')}\n`;
  return { exitCode: exitCodeOfCopies(answer), json: answer, text };
}
