/**
 * The seams between the folders of main/: what each service promises to the others. Implementations live in the folder named
 * beside each. One file, though a long one: every promise is read beside those it has to fit.
 */

import type { KeyStatus, Settings } from '../shared/contract/app.ts';
import type { Crop, ImageEdit, ImageFacts, PreparePlan, Trim, Verdict, VideoFacts } from '../shared/contract/media.ts';
import type { Timeline } from '../shared/contract/timeline.ts';
import type { ClipTarget, Preset } from '../shared/rules/limits.ts';

// ---------------------------------------------------------------- media (main/media)

export type ProgressListener = (ratio: number | null) => void;

export interface PlanRequest {
  target: ClipTarget;
  preset: Preset;
  /** Undefined: the whole clip. A clip that is too long is never cut silently: that is a verdict with a fix. */
  trim?: Trim | undefined;
  /** In shown pixels; absent: the whole picture. */
  crop?: Crop | undefined;
  pad?: PreparePlan['pad'];
  soundTrack?: number | undefined;
}

export interface PlanAnswer {
  verdicts: Verdict[];
  /** Null when some verdict is `blocked`. */
  plan: PreparePlan | null;
}

export interface PreparedFile {
  /** Inside the cache folder. */
  path: string;
  sha256: string;
  sizeBytes: number;
  /** 'video/mp4' | 'video/quicktime' | 'video/webm' | 'image/jpeg' | 'image/png' */
  mimeType: string;
  /** True when the bytes are the source's own (plan untouched). */
  isSource: boolean;
  /** Of a clip: what of it was held against its source, and what nobody could tell. */
  inspection?:
    | {
        pictures: { told: number; still: number; absent: number };
        sound: 'told' | 'steady' | 'silent' | null;
        /** How much later than the picture the sound ends; null: no sound. */
        soundOverSeconds: number | null;
      }
    | undefined;
}

export interface MediaService {
  /** Content decides the kind. Throws RestageError: refused (with reasons), sourceUnreadable, toolMissing, deadline. */
  readFacts(path: string, signal?: AbortSignal): Promise<VideoFacts | ImageFacts>;
  /** Of a picture that moves, as the still that it begins with. Throws as readFacts does. */
  readStill(path: string, signal?: AbortSignal): Promise<ImageFacts>;
  /** Pure: facts and order → verdicts and plan. */
  planClip(facts: VideoFacts, request: PlanRequest): PlanAnswer;
  /** Pure: verdicts of an image; `isLegal` true also when preparing will make it legal. */
  checkImage(facts: ImageFacts, edit?: ImageEdit): { verdicts: Verdict[]; isLegal: boolean };
  /** Makes (once per source content, plan and tool) the file that will be sent; verified before it counts; same call in parallel = one run. */
  prepareClip(options: {
    source: string;
    facts: VideoFacts;
    plan: PreparePlan;
    signal?: AbortSignal;
    onProgress?: ProgressListener;
  }): Promise<PreparedFile>;
  prepareImage(options: {
    source: string;
    facts: ImageFacts;
    edit?: ImageEdit | undefined;
    signal?: AbortSignal;
  }): Promise<PreparedFile>;
  /** A JPEG still of the first shown frame, or of the image, at most 480 px; cached by content. Answers its path. */
  poster(source: string, facts: VideoFacts | ImageFacts, signal?: AbortSignal): Promise<string>;
  /** The same of a video that is called `name` for good: kept while its file is away. `source` is asked when it is not made yet; null: there is none. */
  stillOf(name: string, source: () => Promise<string | null>, signal?: AbortSignal): Promise<string | null>;
  /** Pictures of it in one row, evenly spread over its length; kept and asked for as `stillOf`. */
  stripOf(name: string, source: () => Promise<string | null>, signal?: AbortSignal): Promise<string | null>;
  /** What exists now; starts the work if need be and reports growth to `onChange`. */
  timeline(source: string, facts: VideoFacts, onChange: (timeline: Timeline) => void): Promise<Timeline>;
  /** Ends what is still being made of it; the next `timeline` goes on from what is complete. */
  stopTimeline(source: string): Promise<void>;
  /** Path of picture n (JPEG), or null when it is not made yet. */
  filmstripPicture(source: string, facts: VideoFacts, n: number): Promise<string | null>;
  /** An H.264/AAC copy for playing, cached. */
  proxy(source: string, facts: VideoFacts, signal?: AbortSignal): Promise<string>;
  /** Resolved tools, each believed after one tiny real run; null when none works. */
  tools(): Promise<{ ffmpeg: ToolInfo | null; ffprobe: ToolInfo | null }>;
  /** The ffmpeg that makes files, with what it can do, and the ffprobe that reads them. Throws toolMissing. */
  programs(): Promise<{ ffmpeg: ToolInfo & { features: ToolFeatures }; ffprobe: ToolInfo }>;
  /** Deletes least recently used cache files over `maxBytes`, never those whose path is in `keep`. */
  trimCache(maxBytes: number, keep: ReadonlySet<string>): Promise<void>;
  close(): Promise<void>;
}

export interface ToolFeatures {
  /** `-fps_mode` replaced `-vsync`; builds older than 5.1 know only the latter. */
  hasFpsMode: boolean;
  hasZscale: boolean;
  hasTonemap: boolean;
  hasBwdif: boolean;
}

export interface ToolInfo {
  path: string;
  source: 'setting' | 'ffmpeg-static' | 'PATH' | 'installer';
  version: string;
}

// ---------------------------------------------------------------- provider (main/evolink)

/**
 * What a failed request means for money and for the next step (contract sections 4 and 7).
 * - nothingStarted: no byte was sent, or 429 / 401 / 402: the same body may go again with the same key
 * - refused: a validation 400, 403, 413: will never work as it is; nothing was started
 * - unknown: lost reply, time-out, 5xx, unreadable 2xx: a POST may have started something
 */
export type FailureMeaning = 'nothingStarted' | 'refused' | 'unknown';

export interface EvolinkFailure {
  meaning: FailureMeaning;
  /** For waiting: what would release it. */
  cause:
    | 'network'
    | 'timeout'
    | 'auth'
    | 'credits'
    | 'rateLimit'
    | 'forbidden'
    | 'tooLarge'
    | 'notFound'
    | 'invalid'
    | 'quota'
    | 'idempotencyConflict'
    | 'outcomePending'
    | 'server'
    | 'unreadable'
    | 'cancelled';
  status: number | null;
  /** The server's own code and words. */
  code: string | null;
  message: string;
  field: string | null;
  requestId: string | null;
  retryAfterMs: number | null;
  /** Contract: `fallback_suggestion`, `action_url`. */
  actionUrl: string | null;
}
// class EvolinkError extends Error { failure: EvolinkFailure }  — main/evolink/errors.ts

export interface UploadedFile {
  fileId: string;
  fileUrl: string;
  /** ISO time. */
  expiresAt: string;
  sizeBytes: number;
}

export interface TaskSnapshot {
  id: string;
  model: string;
  /** Unknown statuses read as `running`. */
  status: 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';
  /** Empty when the answer says none that can be read. */
  rawStatus: string;
  /** False: the answer names the task and tells nothing of how it stands. */
  isReadable: boolean;
  /** 0..100, null when not said. */
  progress: number | null;
  estimatedSeconds: number | null;
  /** `task_info.video_duration`: how long the server thinks the reference is. */
  videoSeconds: number | null;
  /** Credits, decimal strings. */
  creditsReserved: string | null;
  creditsUsed: string | null;
  chargeState: 'unknown' | 'hold' | 'charged' | 'released';
  /** Everything that may be a result, the likeliest first. */
  resultUrls: string[];
  elementId: string | null;
  error: { code: string; message: string } | null;
  createdAt: string | null;
  /** When the server says it finished; the links live 24 h from then. */
  completedAt: string | null;
  /** The answer as it came, for the job's log and sidecar. */
  raw: unknown;
}

export interface TaskListRow {
  taskId: string;
  model: string;
  status: string;
  /** ISO time; empty: the answer names none that can be read. */
  createdAt: string;
}

export interface Quota {
  /** Null: not said. */
  usedFiles: number | null;
  maxFiles: number | null;
  remainFiles: number;
}

export interface Credits {
  /** Decimal strings; token null = unlimited or not said. */
  remaining: string;
  /** Null: not said. */
  used: string | null;
}

export interface EvolinkClient {
  /** Streams from disk; constant memory. `signal` aborts; own deadline. */
  uploadFile(options: {
    path: string;
    fileName: string;
    mimeType: string;
    signal?: AbortSignal;
    onProgress?: ProgressListener;
  }): Promise<UploadedFile>;
  /** Sends exactly these bytes with exactly this key; both are on disk already. */
  submit(options: {
    body: string;
    idempotencyKey: string;
    signal?: AbortSignal;
  }): Promise<{ task: TaskSnapshot; isReplayed: boolean }>;
  task(id: string, signal?: AbortSignal): Promise<TaskSnapshot>;
  /** ≤ 50 per request, split as needed; falls back to single reads on 404/405 of the endpoint. Unknown ids are absent from the map. */
  tasks(ids: readonly string[], signal?: AbortSignal): Promise<Map<string, TaskSnapshot>>;
  listTasks(options: {
    model?: string;
    pageSize?: number;
    page?: number;
    signal?: AbortSignal;
  }): Promise<TaskListRow[]>;
  credits(signal?: AbortSignal): Promise<Credits>;
  quota(signal?: AbortSignal): Promise<Quota>;
  deleteFile(fileId: string, signal?: AbortSignal): Promise<void>;
  /**
   * Fetches a result without the key: https at public addresses only (an account on loopback: http there as well), redirects checked, resumes `partPath` with Range where the server allows it.
   * Leaves `partPath` complete (bytes compared with what was announced) or throws.
   */
  download(options: {
    url: string;
    partPath: string;
    /** More than this is no result of such an order; never over 2 GB. */
    maxBytes?: number;
    signal?: AbortSignal;
    onProgress?: ProgressListener;
  }): Promise<{ sizeBytes: number }>;
}

export interface RequestDeadlines {
  /** Reads and deletions, whole. */
  readMs: number;
  /** A generation POST, whole: long, for a lost answer costs a person's decision. */
  submitMs: number;
  /** Uploads and downloads: the longest time without a byte moving. */
  stallMs: number;
  /** A download, whole: what is not complete by then goes on in another try. */
  downloadMs: number;
}

/** main/evolink/requests.ts: the exact JSON bodies (golden fixtures test them). */
export interface MotionBodyInput {
  imageUrl: string;
  videoUrl: string;
  prompt: string;
  quality: '720p' | '1080p';
  orientation: 'image' | 'video';
  keepSound: boolean;
  elementId?: string;
  watermark: boolean;
  callbackUrl?: string;
}
export interface ElementBodyInput {
  videoUrl: string;
  name: string;
  description: string;
  callbackUrl?: string;
}

// ---------------------------------------------------------------- sandbox (main/sandbox)

export interface SandboxLauncher {
  /** Starts the sandbox process if none answers on the profile's port, and answers its origins. Idempotent, collapses parallel calls. */
  ensure(): Promise<{ apiOrigin: string; filesOrigin: string; key: string }>;
}

// ---------------------------------------------------------------- settings (main/settings)

/** A text under `notices`, with what it names. */
export interface Notice {
  id: string;
  params?: Record<string, string | number>;
}

export interface SettingsService {
  get(): Settings;
  /** Only the lock holder may call it. */
  set(patch: Partial<Settings>): Settings;
  onChange(listener: (settings: Settings) => void): () => void;
  /** Things found at start (a damaged file that was backed up). */
  notices(): Notice[];
  /**
   * Whether spending limits may have gone with a damaged file: `lost` until somebody was told at an order, then `told` until a person goes on
   * without or sets limits again. Kept in the file: whoever repaired it may not be whoever orders.
   */
  limitsLoss(): LimitsLoss;
  noteLimitsLoss(loss: LimitsLoss): void;
}
export type LimitsLoss = 'none' | 'lost' | 'told';

/** How this kind of host protects a secret at rest. */
export interface SecretBox {
  /** Written beside the stored key: only the same kind can read it back. */
  kind: 'keychain' | 'none';
  /** May wait for a person who is asked to unlock the keychain. Rejects when they refuse. */
  encrypt(text: string): Promise<string>;
  /** `isStale`: the system has another key for it meanwhile, and wants it encrypted anew. */
  decrypt(text: string): Promise<{ text: string; isStale: boolean }>;
}

export interface ApiKeyStore {
  /**
   * Opens what the keychain holds, at the first call, and only when there is something: it may show a question of the system's. Never rejects; what
   * cannot be opened counts as no key.
   */
  unlock(): Promise<void>;
  /** The key itself, for the account's client only; never crosses the contract. Null until it is unlocked. */
  read(): string | null;
  status(): KeyStatus;
  /** Without a keychain and without `allowFile` the key lives for the session only, and the status says so. */
  store(key: string, options: { allowFile: boolean }): Promise<KeyStatus>;
  clear(): void;
}

// ---------------------------------------------------------------- shared by services

export interface Clock {
  now(): number;
  /** Rejects with AbortError when the signal fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Logger {
  info(event: string, detail?: Record<string, unknown>): void;
  warn(event: string, detail?: Record<string, unknown>): void;
  error(event: string, detail?: Record<string, unknown>): void;
}

/** How Node hosts start a further process of this program: `[execPath, cli.js]`. Who starts it is `main/processes` alone. */
export interface SelfCommand {
  command: string;
  args: string[];
  env?: Record<string, string>;
}
