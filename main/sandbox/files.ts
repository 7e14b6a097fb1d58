/** The files host: uploads in three ways, list, quota, deletion, and the bytes themselves. */
import { randomBytes } from 'node:crypto';
import { link, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { uploadMaxBytes } from '../../shared/rules/limits.ts';
import type { Context } from './context.ts';
import { imageSides } from './inputs.ts';
import type { FileRecord } from './ledger.ts';
import { json, Problem, type Reply } from './reply.ts';
import { parseJsonObject, readBytes, readMultipart } from './requestBody.ts';
import { newId } from './store.ts';

export async function uploadStream(context: Context, request: IncomingMessage): Promise<Reply> {
  const incoming = incomingPath(context);
  try {
    const { fields, file } = await readMultipart(request, incoming, uploadMaxBytes.contract);
    if (!file) throw new Problem(400, 'invalid_parameters', 'file: missing');
    if (file.sizeBytes === 0) throw new Problem(400, 'invalid_parameters', 'file: empty');
    return await keep(context, incoming, {
      originalName: file.name,
      fileName: fields.fileName,
      uploadPath: fields.uploadPath,
      mimeType: file.mimeType,
    });
  } finally {
    await rm(incoming, { force: true });
  }
}

export async function uploadBase64(context: Context, request: IncomingMessage): Promise<Reply> {
  const body = parseJsonObject(await readBytes(request));
  const text = body.base64_data;
  if (typeof text !== 'string') throw new Problem(400, 'invalid_parameters', 'base64_data: missing');
  const bytes = Buffer.from(text.replace(/^data:[^,]*,/, ''), 'base64');
  return await keepImage(context, bytes, body);
}

/** The sandbox goes nowhere: only what was uploaded to it can be named. */
export async function uploadUrl(context: Context, request: IncomingMessage): Promise<Reply> {
  const body = parseJsonObject(await readBytes(request));
  const file = typeof body.file_url === 'string' ? fileOfUrl(context, body.file_url) : null;
  if (!file) throw new Problem(400, 'invalid_parameters', 'file_url: not an uploaded file of this sandbox');
  const incoming = incomingPath(context);
  await link(context.store.filePath(file.fileId), incoming);
  try {
    return await keep(context, incoming, {
      originalName: file.originalName,
      fileName: body.file_name,
      uploadPath: body.upload_path,
      mimeType: file.mimeType,
    });
  } finally {
    await rm(incoming, { force: true });
  }
}

export function listFiles(context: Context, query: URLSearchParams): Reply {
  const page = positive(query.get('page'), 1);
  const pageSize = Math.min(100, positive(query.get('pageSize'), 20));
  const all = context.store.liveFiles().reverse();
  const files = all.slice((page - 1) * pageSize, page * pageSize).map((file) => view(context, file));
  return success('ok', { files, total: all.length, page, pageSize });
}

export function quota(context: Context): Reply {
  const used = context.store.liveFiles().length;
  const max = context.switches.maxFiles;
  return success('ok', {
    user_group: 'default',
    used_files: used,
    max_files: max,
    remain_files: Math.max(0, max - used),
  });
}

export function deleteFile(context: Context, fileId: string): Reply {
  if (!context.store.liveFile(fileId)) throw new Problem(404, 'resource_not_found', `no file ${fileId}`);
  context.store.deleteFile(fileId);
  return success('deleted', { file_id: fileId });
}

/** The bytes, as anybody with the URL gets them. */
export async function fileBytes(context: Context, fileId: string): Promise<Reply> {
  const file = context.store.liveFile(fileId);
  if (!file) throw new Problem(404, 'resource_not_found', 'no such file');
  const where = context.store.filePath(fileId);
  const { size } = await stat(where);
  return { status: 200, headers: { 'content-type': file.mimeType }, body: { file: where, start: 0, end: size } };
}

/** The live upload that a URL of this sandbox names, whatever port it had when it was handed out. */
export function fileOfUrl(context: Context, text: string): FileRecord | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const fileId = /^\/files\/([^/]+)\//.exec(url.pathname)?.[1];
  if (url.hostname !== '127.0.0.1' || !fileId) return null;
  return context.store.liveFile(fileId);
}

interface Naming {
  originalName: string;
  fileName: unknown;
  uploadPath: unknown;
  mimeType: string;
}

async function keepImage(context: Context, bytes: Buffer, body: Record<string, unknown>): Promise<Reply> {
  if (!imageSides(bytes)) throw new Problem(400, 'invalid_parameters', 'base64_data: not a JPEG or PNG image');
  const incoming = incomingPath(context);
  await writeFile(incoming, bytes, { mode: 0o600 });
  const mimeType = bytes[0] === 0xff ? 'image/jpeg' : 'image/png';
  return await keep(context, incoming, {
    originalName: `image.${mimeType.slice(6)}`,
    fileName: body.file_name,
    uploadPath: body.upload_path,
    mimeType,
  });
}

async function keep(context: Context, incoming: string, naming: Naming): Promise<Reply> {
  const { store, switches } = context;
  if (store.liveFiles().length >= switches.maxFiles) {
    await rm(incoming, { force: true });
    throw new Problem(400, 'file_quota', `the quota of ${switches.maxFiles} files is used up`);
  }
  const fileId = newId('file_');
  const { size } = await stat(incoming);
  await rename(incoming, store.filePath(fileId));
  const fileName = typeof naming.fileName === 'string' && naming.fileName !== '' ? naming.fileName : null;
  const file: FileRecord = {
    fileId,
    fileName: fileName ?? `${fileId}${path.extname(naming.originalName)}`,
    originalName: naming.originalName,
    mimeType: naming.mimeType,
    uploadPath: typeof naming.uploadPath === 'string' ? naming.uploadPath : '',
    sizeBytes: size,
    uploadedMs: context.now(),
    expiresMs: context.now() + switches.fileLifeMs,
  };
  store.addFile(file);
  return success('uploaded', view(context, file));
}

function view(context: Context, file: FileRecord): Record<string, unknown> {
  const url = `${context.origin()}/files/${file.fileId}/${encodeURIComponent(file.fileName)}`;
  return {
    file_id: file.fileId,
    file_name: file.fileName,
    original_name: file.originalName,
    file_size: file.sizeBytes,
    mime_type: file.mimeType,
    upload_path: file.uploadPath,
    file_url: url,
    download_url: `${url}?download=1`,
    upload_time: new Date(file.uploadedMs).toISOString(),
    expires_at: new Date(file.expiresMs).toISOString(),
  };
}

const success = (msg: string, data: unknown): Reply => json(200, { success: true, code: 200, msg, data });

const incomingPath = (context: Context) => path.join(context.store.folders.incoming, randomBytes(8).toString('hex'));

export function positive(text: string | null, otherwise: number): number {
  const value = Number(text);
  return text !== null && Number.isInteger(value) && value > 0 ? value : otherwise;
}
