/** Misbehaviour by script: rules that match requests, and what they do to the answer. Only test profiles have them. */
import { z } from 'zod';
import { apiError, filesError, type Reply } from './reply.ts';

export const faultRuleSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'DELETE']).optional(),
  /** The path starts so; left out: every path. */
  path: z.string().optional(),
  /** How many matching requests pass unharmed first. */
  skip: z.number().int().min(0).default(0),
  /** How many are hit then; null: all. */
  times: z.number().int().min(1).nullable().default(1),
  latencyMs: z.number().min(0).default(0),
  /** The handler works at once; what it answers comes so late. */
  answerAfterMs: z.number().min(0).default(0),
  /** The connection is reset before the handler saw the request, or after it did its work. */
  reset: z.enum(['before', 'after']).optional(),
  /** An answer of this status; the handler runs first when `runHandler`. */
  status: z.number().int().min(200).max(599).optional(),
  runHandler: z.boolean().default(false),
  /** `Retry-After`, as it goes out. */
  retryAfter: z.string().optional(),
  /** The body of an answer with `status`, or in place of the handler's. */
  body: z.enum(['contract', 'html', 'empty', 'wrongJson', 'wrongShape']).optional(),
  /** For a contract body. */
  code: z.string().default('service_error'),
  message: z.string().default('the sandbox was asked to fail here'),
  /** Only this share of the body is sent before the connection is cut. */
  truncateTo: z.number().min(0).max(1).optional(),
  /** So many bytes are missing at the end, and nothing says so. */
  missingBytes: z.number().int().min(1).optional(),
  /** The middle of the body is zeroes. */
  corrupt: z.boolean().default(false),
  /** In which form `usage` names credits: both were seen on EvoLink's pages, 40.824 and 408240 (1 credit = 10,000 units). */
  creditsAs: z.enum(['units', 'text', 'unitsText', 'null']).optional(),
  /** Merged into a task (and into every row of a batch): backward progress, unknown statuses, other URLs. */
  patch: z.record(z.string(), z.unknown()).optional(),
});
export type FaultRule = z.infer<typeof faultRuleSchema>;

export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  /** The first rule that hits this request, counted off. */
  match(method: string, path: string): FaultRule | null;
}

export function createFaults(): Faults {
  let rules: { rule: FaultRule; skipped: number; hits: number }[] = [];
  return {
    add: (rule) => void rules.push({ rule, skipped: 0, hits: 0 }),
    clear() {
      rules = [];
    },
    match(method, path) {
      for (const entry of rules) {
        const { rule } = entry;
        if (rule.method !== undefined && rule.method !== method) continue;
        if (rule.path !== undefined && !path.startsWith(rule.path)) continue;
        if (rule.times !== null && entry.hits >= rule.times) continue;
        if (entry.skipped < rule.skip) {
          entry.skipped += 1;
          continue;
        }
        entry.hits += 1;
        return rule;
      }
      return null;
    },
  };
}

/** True when the handler has nothing to do with the answer. */
export function answersAlone(rule: FaultRule): boolean {
  return !rule.runHandler && (rule.status !== undefined || rule.body !== undefined);
}

/** The answer that the rule gives in the handler's place. */
export function faultReply(rule: FaultRule, isFilesHost: boolean): Reply {
  const headers: Record<string, string> = rule.retryAfter === undefined ? {} : { 'retry-after': rule.retryAfter };
  const status = rule.status ?? 200;
  const text = (type: string, body: string): Reply => ({
    status,
    headers: { 'content-type': type, ...headers },
    body: Buffer.from(body),
  });
  switch (rule.body) {
    case 'html':
      return text('text/html', '<html><head><title>Bad gateway</title></head><body>nginx</body></html>');
    case 'empty':
      return text('application/json', '');
    case 'wrongJson':
      return text('application/json', '{"id": "task-');
    case 'wrongShape':
      return text('application/json', '{"hello": ["world"]}');
    default:
      return isFilesHost
        ? filesError(status, rule.message, headers)
        : apiError(status, rule.code, rule.message, headers);
  }
}

/** Changes a JSON answer as the rule says: the object, or each row of its `data`. */
export function patched(reply: Reply, { patch, creditsAs }: FaultRule): Reply {
  if (!Buffer.isBuffer(reply.body)) return reply;
  const value = JSON.parse(reply.body.toString('utf8')) as { data?: unknown };
  const change = (row: unknown) => ({ ...inForm(row as Task, creditsAs), ...patch });
  const merged = Array.isArray(value.data) ? { ...value, data: value.data.map(change) } : change(value);
  return { ...reply, body: Buffer.from(JSON.stringify(merged)) };
}

interface Task {
  usage?: Record<string, unknown>;
}

function inForm(task: Task, form: FaultRule['creditsAs']): Task {
  if (form === undefined || !task.usage) return task;
  const amount = (credits: unknown) => {
    if (form === 'null') return null;
    const number = form === 'text' ? Number(credits) : Math.round(Number(credits) * 10_000);
    return form === 'units' ? number : String(number);
  };
  const usage = Object.entries(task.usage).map(([name, value]) =>
    name.startsWith('credits_') ? [name, amount(value)] : [name, value],
  );
  return { ...task, usage: Object.fromEntries(usage) };
}
