/** An App-shaped object for host tests: calls are recorded, media come from a real file, intake keeps the bytes. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import type { PageBackend } from '../../../main/hosts/pageBackend.ts';
import { settingsSchema } from '../../../shared/contract/app.ts';
import type { CommandName, EventName } from '../../../shared/contract/index.ts';

export interface AppShape {
  backend: PageBackend;
  calls: { command: CommandName; input: unknown }[];
  intakes: { name: string; sha256: string; sizeBytes: number }[];
  emit(event: EventName, payload: unknown): void;
  listenerCount(): number;
}

export function createAppShape(mediaFile: string): AppShape {
  const calls: AppShape['calls'] = [];
  const intakes: AppShape['intakes'] = [];
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const backend: PageBackend = {
    call: (command, input) => {
      calls.push({ command, input });
      if (command === 'settings.get') return Promise.resolve({ ok: true, value: settingsSchema.parse({}) as never });
      if (command === 'app.info') throw new TypeError('broken on purpose');
      return Promise.resolve({ ok: false, error: { code: 'notFound', reasons: [] } });
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => void set.delete(listener);
    },
    intakePaths: () => Promise.reject(new Error('A page has no paths.')),
    fetch: (request) => Promise.resolve(rangeOf(mediaFile, request)),
    async intakeStream(name, body) {
      const hash = createHash('sha256');
      let sizeBytes = 0;
      for await (const chunk of body) {
        hash.update(chunk);
        sizeBytes += chunk.byteLength;
      }
      intakes.push({ name, sha256: hash.digest('hex'), sizeBytes });
      return { ok: false, error: { code: 'refused', reasons: [{ field: 'video', rule: 'kind' }] } };
    },
  };
  return {
    backend,
    calls,
    intakes,
    emit: (event, payload) => {
      for (const listener of listeners.get(event) ?? []) listener(payload as never);
    },
    listenerCount: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
  };
}

function rangeOf(file: string, request: Request): Response {
  if (!new URL(request.url).pathname.startsWith('/media/asset/known')) return new Response('none', { status: 404 });
  const bytes = fs.readFileSync(file);
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get('range') ?? '');
  if (!range) return new Response(bytes, { headers: { 'content-type': 'video/mp4', 'accept-ranges': 'bytes' } });
  const [from, to] = [Number(range[1]), Number(range[2])];
  return new Response(bytes.subarray(from, to + 1), {
    status: 206,
    headers: { 'content-type': 'video/mp4', 'content-range': `bytes ${from}-${to}/${bytes.length}` },
  });
}
