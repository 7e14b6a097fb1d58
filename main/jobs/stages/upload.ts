/** Stage 2: each file goes up once per account, is reused while it lives, and the exact body is put on disk. */
import { randomUUID } from 'node:crypto';
import type { AccountClient } from '../../accounts/accounts.ts';
import { EvolinkError } from '../../evolink/errors.ts';
import { elementBody, motionBody } from '../../evolink/requests.ts';
import type { PreparedFile } from '../../services.ts';
import type { JobContext, Stage, StageResult } from '../context.ts';
import { crossedLimit } from '../order/budget.ts';
import type { JobRecord } from '../record/record.ts';
import type { UploadPresence, UploadRow } from '../record/uploadRows.ts';
import { isAbort, problemOf, waitForLocal } from '../trouble/trouble.ts';
import type { Places } from '../turns/places.ts';
import { preparedClipOf, preparedImageOf } from './prepare.ts';

/** Reuse needs at least this much life left [contract section 5]. */
const REUSE_MIN_LIFE_MS = 2 * 3600_000;
/** Files live 72 h [contract section 5]: a server that promises more is not believed. */
const LONGEST_LIFE_MS = 72 * 3600_000;
/** So far a clock is set back by its own corrections. */
const CLOCK_SLACK_MS = 5 * 60_000;

/** An upload's URL, relative to the account's origins where it lies there: the sandbox's port may move. */
export function storedUrl(url: string, client: Pick<AccountClient, 'apiOrigin' | 'filesOrigin'>): string {
  for (const origin of [client.filesOrigin, client.apiOrigin]) {
    if (url.startsWith(`${origin}/`)) return url.slice(origin.length);
  }
  return url;
}

export function fullUrl(stored: string, client: Pick<AccountClient, 'filesOrigin'>): string {
  return stored.startsWith('/') ? `${client.filesOrigin}${stored}` : stored;
}

export function isUploadAlive(upload: UploadRow | null, nowMs: number): upload is UploadRow {
  if (upload === null) return false;
  // Made in the future: the clock was set back, and how much of its life is left cannot be told.
  const createdMs = Date.parse(upload.createdAt);
  if (createdMs - nowMs > CLOCK_SLACK_MS) return false;
  const lifeMs = Math.min(Date.parse(upload.expiresAt) - createdMs, LONGEST_LIFE_MS);
  // Dead when it was made, by what the server says: its clock and ours disagree, and fresh is all that can be asked for.
  if (lifeMs <= 0) return nowMs - createdMs < REUSE_MIN_LIFE_MS;
  // Where files live shortly a new one would be no better than one that has half of its life.
  return createdMs + lifeMs - nowMs >= Math.min(REUSE_MIN_LIFE_MS, lifeMs / 2);
}

export function createUploadStage(context: JobContext, places: Places): Stage {
  const { store, accounts, clock, settings, limitsLoss } = context;
  const inFlight = new Map<string, Promise<UploadRow>>();

  /** The upload of these bytes on this account: known, under way, or made now. */
  async function ensureUpload(
    job: JobRecord,
    client: AccountClient,
    file: PreparedFile,
    fileName: string,
    run: Parameters<Stage>[1],
  ): Promise<UploadRow> {
    const known = store.uploadOf(job.accountId, file.sha256);
    if (isUploadAlive(known, clock.now())) return known;
    const name = `${job.accountId} ${file.sha256}`;
    const going = inFlight.get(name);
    if (going) return going;
    const upload = (async () => {
      const uploaded = await client.uploadFile({
        path: file.path,
        fileName,
        mimeType: file.mimeType,
        signal: run.signal,
        onProgress: run.onProgress,
      });
      const row = {
        fileId: uploaded.fileId,
        url: storedUrl(uploaded.fileUrl, client),
        sha256: file.sha256,
        expiresAt: uploaded.expiresAt,
        createdAt: new Date(clock.now()).toISOString(),
      };
      store.addUpload(job.accountId, { ...row, sizeBytes: uploaded.sizeBytes });
      store.log(job.id, 'uploaded', `${fileName} ${uploaded.fileId} until ${uploaded.expiresAt}`);
      return row;
    })();
    inFlight.set(name, upload);
    try {
      return await upload;
    } finally {
      inFlight.delete(name);
    }
  }

  /** Makes room with one of our own files that no unfinished job names. False: there is none that the server lets go. */
  async function freeQuota(job: JobRecord): Promise<boolean> {
    const client = await accounts.client(job.accountId);
    const mark = (fileId: string, presence: UploadPresence) => store.markUpload(job.accountId, fileId, presence);
    for (const { fileId } of store.unneededUploads(job.accountId)) {
      // Marked first: an order that is being made now must not name a file that is on its way out.
      mark(fileId, 'doubtful');
      const error = await client.deleteFile(fileId).catch((cause: unknown) => cause);
      const failure = error instanceof EvolinkError ? error.failure : null;
      // One that the server does not know is gone as well.
      const isGone = error === undefined || failure?.cause === 'notFound';
      if (isGone) mark(fileId, 'gone');
      else if (failure?.meaning !== 'unknown') mark(fileId, 'there');
      store.log(job.id, isGone ? 'quota.freed' : 'quota.trouble', isGone ? fileId : `${fileId}: ${String(error)}`);
      if (isGone) return true;
      if (failure?.meaning !== 'refused') return false;
    }
    return false;
  }

  return async (job, run) => {
    try {
      const client = await accounts.client(job.accountId);
      if (job.isConsentOpen) return await askConsent(context, job, run);
      const clip = await preparedClipOf(context, job, { signal: run.signal });
      const image = await preparedImageOf(context, job, run.signal);
      const video = await ensureUpload(
        job,
        client,
        clip,
        `motion.${clip.mimeType === 'video/quicktime' ? 'mov' : clip.mimeType === 'video/webm' ? 'webm' : 'mp4'}`,
        run,
      );
      // Named at once: what a job names is not deleted to make room.
      store.update(job.id, { videoUploadId: video.fileId });
      const picture =
        image &&
        (await ensureUpload(job, client, image, `character.${image.mimeType === 'image/png' ? 'png' : 'jpg'}`, run));
      store.update(job.id, {
        preparedId: clip.id,
        plan: clip.plan,
        videoUploadId: video.fileId,
        imageUploadId: picture?.fileId ?? null,
      });
      const limit =
        accounts.get(job.accountId).provider === 'sandbox' || job.isBudgetApproved
          ? null
          : limitsLoss.limitsLoss() === 'none'
            ? crossedLimit(job, settings().limits, store, new Date(clock.now()))
            : 'limits lost with the settings';
      if (limit) return { wait: 'budget', delayMs: null, detail: limit };
      // Here, and not once the order is written: until then it can be cancelled, paused and moved.
      if (!places.hasPlace(job.id))
        return { wait: 'slot', delayMs: null, detail: 'all places at the provider are taken' };
      store.transition(job.id, 'submitIntended', {
        idempotencyKey: `restage-${randomUUID()}`,
        body: bodyOf(job, fullUrl(video.url, client), picture && fullUrl(picture.url, client)),
        isPostInFlight: false,
        postCount: 0,
        firstPostAt: null,
        outcomeUnknownSince: null,
      });
      return 'moved';
    } catch (error) {
      if (isAbort(error) && run.signal.aborted) throw error;
      if (error instanceof EvolinkError && error.failure.cause === 'quota') {
        if (await freeQuota(job).catch(() => false)) return { wait: 'quota', delayMs: 0, detail: 'own upload deleted' };
      }
      const wait = waitForLocal(error, run.backOff);
      if (wait) return wait;
      const event = error instanceof EvolinkError ? 'refusedByServer' : 'unpreparable';
      store.transition(job.id, event, { problem: problemOf(error) }, String(error));
      return 'moved';
    }
  };
}

/** Ordered without a line: once the balance is known a person is asked, about all such orders together. */
async function askConsent(context: JobContext, job: JobRecord, run: Parameters<Stage>[1]): Promise<StageResult> {
  const { connection } = await context.askBalance(job.accountId);
  if (connection === 'keyRefused') return { wait: 'apiKey', delayMs: null, detail: 'the balance could not be read' };
  if (connection !== 'ok') return { wait: 'network', delayMs: run.backOff(), detail: 'the balance is not known yet' };
  // Answered meanwhile: there is nothing to wait for.
  if (!context.store.get(job.id).isConsentOpen) return { wait: 'consent', delayMs: 0, detail: 'answered' };
  return { wait: 'consent', delayMs: null, detail: 'ordered while the balance was unknown' };
}

function bodyOf(job: JobRecord, videoUrl: string, imageUrl: string | null): string {
  const { recipe } = job;
  const callback = recipe.callbackUrl ? { callbackUrl: recipe.callbackUrl } : {};
  if (recipe.kind === 'element') {
    return elementBody({ videoUrl, name: recipe.name, description: recipe.description, ...callback });
  }
  return motionBody({
    imageUrl: imageUrl ?? '',
    videoUrl,
    prompt: recipe.prompt,
    quality: recipe.quality,
    orientation: recipe.orientation,
    keepSound: recipe.keepSound,
    watermark: recipe.watermark,
    ...(recipe.elementId ? { elementId: recipe.elementId } : {}),
    ...callback,
  });
}
