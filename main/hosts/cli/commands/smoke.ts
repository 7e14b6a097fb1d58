/** `restage smoke`: the free calls of the real provider with the key of the environment: credits, quota, one upload and its deletion. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { RestageError } from '../../../../shared/errors.ts';
import { providerOrigins } from '../../../accounts/origins.ts';
import { createEvolinkClient } from '../../../evolink/client.ts';
import { EvolinkError } from '../../../evolink/errors.ts';
import type { EvolinkClient } from '../../../services.ts';
import { systemClock } from '../../../storage/clock.ts';
import type { CommandContext, Outcome } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { silentLogger } from '../silentLogger.ts';
import { marks } from '../style.ts';

/** A whole PNG of one grey pixel. */
const onePixelPng = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

export async function smoke(context: CommandContext): Promise<Outcome> {
  const { io, signal, progress, style, t } = context;
  const key = io.env.EVOLINK_API_KEY?.trim();
  if (!key) {
    throw new RestageError('refused', {
      reasons: [{ field: 'provider', rule: 'cli.keyMissing', params: { value: 'evolink' } }],
    });
  }
  const fromEnvironment = { status: () => ({ isPresent: true, storage: 'environment' as const, hint: null }) };
  const origins = providerOrigins(io.env, fromEnvironment);
  const client = createEvolinkClient({
    apiOrigin: origins.api,
    filesOrigin: origins.files,
    key,
    clock: systemClock,
    logger: silentLogger,
  });
  const steps: Record<string, unknown> = {};
  const step = async <T>(name: 'credits' | 'quota' | 'upload' | 'deletion', work: () => Promise<T>): Promise<T> => {
    const value = await work();
    steps[name] = value ?? true;
    progress.note(`${style.good(marks.good)} ${t(`cli.smoke.${name}`)}`);
    return value;
  };
  try {
    await step('credits', () => client.credits(signal));
    await step('quota', () => client.quota(signal));
    const uploaded = await step('upload', () => uploadPixel(client, signal));
    await step('deletion', () => client.deleteFile(uploaded.fileId, signal));
  } catch (error) {
    if (!(error instanceof EvolinkError)) throw error;
    const { status, code, message, cause } = error.failure;
    const isKey = cause === 'auth' || cause === 'forbidden';
    throw new RestageError(isKey ? 'apiKey' : cause === 'network' ? 'network' : 'server', {
      detail: [status, code, message].filter(Boolean).join(' '),
      cause: error,
    });
  }
  return {
    exitCode: exitCodes.done,
    json: { origins, ...steps },
    text: `${t('cli.smoke.done', { origin: origins.api })}\n`,
  };
}

async function uploadPixel(client: EvolinkClient, signal: AbortSignal) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'restage-smoke-'));
  try {
    const file = path.join(folder, 'restage-smoke.png');
    await writeFile(file, Buffer.from(onePixelPng, 'base64'));
    return await client.uploadFile({ path: file, fileName: 'restage-smoke.png', mimeType: 'image/png', signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
