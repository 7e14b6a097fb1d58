/** The whole list of error kinds that cross a border, and the one shape in which they do. */

/** What went wrong, coarsely: decides the CLI's exit code and the page's reaction. Texts live in i18n under `errors.<code>`. */
export const errorCodes = [
  'refused', // bad input or a limit: `reasons` say which field, value, rule and way out
  'notFound', // an id or file that is not there
  'sourceMissing', // a file that was there when it was checked, and is not now
  'sourceUnreadable', // there, but not media that can be read (or not allowed to read)
  'outputNotWritable',
  'diskFull',
  'toolMissing', // no ffmpeg or ffprobe that runs
  'toolFailed', // ffmpeg or the image worker failed on this input
  'deadline', // a process or request did not answer in its time
  'cancelled',
  'network', // nothing reached the server, or no answer came back
  'apiKey', // no key, or the server does not take it
  'credits',
  'rateLimit',
  'server', // the server answered with an error that is none of the above
  'conflict', // an order name that exists with other content; another program holds the profile
  'storage', // a database or settings file that cannot be used
  'needsConsent', // something that a person must say yes to first (spending, storing a key in a file)
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export type ReasonParams = Readonly<Record<string, string | number>>;

/**
 * Why something is refused or changed. `rule` names a text under i18n `rules.<rule>` that has `value`, `rule` and `fix`;
 * `params` fill those texts. `field` is the input that is meant: `video`, `image`, `elementClip`, `from`, `to`, `prompt`, …
 */
export interface Reason {
  field: string;
  rule: string;
  params?: ReasonParams;
}

/** An error as it crosses a process border: an Error would lose its class and fields on the way. */
export interface ErrorData {
  code: ErrorCode;
  reasons: Reason[];
  /** Technical detail for the log and the report (a server's words, an errno); never the only thing a person sees. */
  detail?: string;
  /** The server's request id, where there is one. */
  requestId?: string;
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: ErrorData };

export class RestageError extends Error {
  readonly code: ErrorCode;
  readonly reasons: Reason[];
  readonly detail: string | undefined;
  readonly requestId: string | undefined;

  constructor(
    code: ErrorCode,
    options: { reasons?: Reason[]; detail?: string; requestId?: string; cause?: unknown } = {},
  ) {
    const reasons = options.reasons ?? [];
    super(
      `${code}${reasons.map((r) => ` [${r.field}: ${r.rule}]`).join('')}${options.detail ? `: ${options.detail}` : ''}`,
      {
        cause: options.cause,
      },
    );
    this.name = 'RestageError';
    this.code = code;
    this.reasons = reasons;
    this.detail = options.detail;
    this.requestId = options.requestId;
  }

  toData(): ErrorData {
    return {
      code: this.code,
      reasons: this.reasons,
      ...(this.detail === undefined ? {} : { detail: this.detail }),
      ...(this.requestId === undefined ? {} : { requestId: this.requestId }),
    };
  }
}

/** Any thrown value as ErrorData; what is not ours becomes `internal` with its message as detail. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof RestageError) return error.toData();
  if (error instanceof Error && error.name === 'AbortError') return { code: 'cancelled', reasons: [] };
  return {
    code: 'internal',
    reasons: [],
    detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  };
}

export function refused(field: string, rule: string, params: ReasonParams = {}): RestageError {
  return new RestageError('refused', { reasons: [{ field, rule, params }] });
}
