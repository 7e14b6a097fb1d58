/** Streams dropped, chosen or pasted files to the app, one after the other, without holding them in memory. */
import type { Asset } from '../../../../shared/contract/media.ts';
import type { Result } from '../../../../shared/errors.ts';
import { intakePath, nameHeader } from '../wire.ts';

export async function intakeFiles(files: File[], page: string): Promise<Result<Asset>[]> {
  const results: Result<Asset>[] = [];
  for (const file of files) results.push(await intakeFile(file, page));
  return results;
}

async function intakeFile(file: File, page: string): Promise<Result<Asset>> {
  try {
    const answer = await fetch(new URL(intakePath, page), {
      method: 'POST',
      body: file,
      headers: {
        [nameHeader]: encodeURIComponent(file.name.toWellFormed()),
        'content-type': 'application/octet-stream',
      },
    });
    if (answer.ok) return (await answer.json()) as Result<Asset>;
    return { ok: false, error: { code: 'internal', reasons: [], detail: `intake answered ${answer.status}` } };
  } catch (error) {
    // A folder that was dropped, or a file that vanished, reads as a failed request: there is no way to tell them apart.
    return { ok: false, error: { code: 'sourceUnreadable', reasons: [], detail: String(error) } };
  }
}
