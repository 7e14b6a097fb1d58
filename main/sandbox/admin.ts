/** `/__sandbox/…`: faults, switches and a look into the ledger, for test profiles that asked for it. */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Context, Switches } from './context.ts';
import { type Faults, faultRuleSchema } from './faults.ts';
import { json, Problem, type Reply } from './reply.ts';
import { parseJsonObject, readBytes } from './requestBody.ts';

const switchesSchema = z
  .strictObject({
    taskSeconds: z.number().min(0),
    resultRatio: z.number().gt(0).max(1),
    ignoreIdempotencyKeys: z.boolean(),
    reuseResults: z.boolean(),
    keyLifeMs: z.number().min(0),
    hasBatch: z.boolean(),
    maxFiles: z.number().int().min(0),
    fileLifeMs: z.number(),
    linkLifeMs: z.number(),
    skewMs: z.number(),
    nextErrors: z.array(z.string()),
  })
  .partial() satisfies z.ZodType<Partial<Switches>>;

export interface SeenRequest {
  atMs: number;
  method: string;
  path: string;
  idempotencyKey: string | null;
  /** Null: no answer was given. */
  status: number | null;
  /** False while something may still come of it, also when nobody waits for the answer any more. */
  isOver: boolean;
}

export interface AdminParts {
  context: Context;
  faults: Faults;
  seen: SeenRequest[];
}

export async function admin(parts: AdminParts, request: IncomingMessage, path: string): Promise<Reply> {
  const { context, faults } = parts;
  switch (`${request.method} ${path}`) {
    case 'POST /__sandbox/faults': {
      const rules = parse(z.object({ rules: z.array(faultRuleSchema) }), await body(request)).rules;
      for (const rule of rules) faults.add(rule);
      return json(200, { added: rules.length });
    }
    case 'DELETE /__sandbox/faults':
      faults.clear();
      return json(200, {});
    case 'POST /__sandbox/switches':
      Object.assign(context.switches, parse(switchesSchema, await body(request)));
      return json(200, context.switches);
    case 'POST /__sandbox/credits':
      context.store.setCredits(parse(z.object({ total: z.string() }), await body(request)).total);
      return json(200, context.store.balance());
    case 'GET /__sandbox/ledger':
      return json(200, ledgerView(context));
    case 'GET /__sandbox/requests':
      return json(200, { requests: parts.seen });
    case 'DELETE /__sandbox/requests':
      parts.seen.length = 0;
      return json(200, {});
    default:
      throw new Problem(404, 'resource_not_found', `no ${request.method} ${path}`);
  }
}

function ledgerView({ store }: Context): Record<string, unknown> {
  return {
    balance: store.balance(),
    files: store.liveFiles(),
    tasks: store.tasks().map(({ task, outcome }) => ({
      taskId: task.taskId,
      model: task.model,
      idempotencyKey: task.idempotencyKey,
      bodySha256: task.bodySha256,
      status: outcome?.status ?? 'running',
      reserved: task.reserved,
      charged: outcome?.charged ?? '0',
      order: task.order,
      elementId: outcome?.elementId ?? null,
    })),
  };
}

const body = async (request: IncomingMessage) => parseJsonObject(await readBytes(request));

function parse<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Problem(400, 'invalid_parameters', z.prettifyError(parsed.error));
  return parsed.data;
}
