/** Carries calls and events between pages and the app: one WebSocket per page. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { type EventName, events } from '../../../shared/contract/index.ts';
import { type Result, toErrorData } from '../../../shared/errors.ts';
import type { AppConnection } from '../../hostTypes.ts';
import { isCommand } from '../commandNames.ts';
import type { AskMessage, HostMessage } from './wire.ts';

const askMessageSchema: z.ZodType<AskMessage> = z.object({
  id: z.int(),
  command: z.string().max(100),
  input: z.unknown(),
});

/** Orders with 400 cells are the largest message; a person has a handful of windows; a page asks for some dozen things at once. */
const bounds = { messageBytes: 4_000_000, pages: 32, openCalls: 2_000, unreadBytes: 64_000_000 };

export interface PageSockets {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  hasRoom(): boolean;
  count(): number;
  close(): void;
}

export function createPageSockets(
  connection: Pick<AppConnection, 'call' | 'on'>,
  onCountChanged: (count: number) => void,
): PageSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: bounds.messageBytes });
  const pages = new Set<WebSocket>();
  const broadcast = (message: HostMessage) => {
    const text = JSON.stringify(message);
    for (const page of pages) tell(page, text);
  };
  const leave = (Object.keys(events) as EventName[]).map((event) =>
    connection.on(event, (payload) => broadcast({ event, payload })),
  );

  /** A page that does not read would fill the memory of the app. */
  function tell(page: WebSocket, text: string): void {
    if (page.bufferedAmount > bounds.unreadBytes) page.terminate();
    else page.send(text, ignoreClosed);
  }

  function greet(page: WebSocket): void {
    let openCalls = 0;
    pages.add(page);
    onCountChanged(pages.size);
    page.on('close', () => {
      pages.delete(page);
      onCountChanged(pages.size);
    });
    page.on('error', () => page.terminate());
    page.on('message', (data, isBinary) => {
      const ask = isBinary ? null : parseAsk(String(data));
      if (ask === null) return page.close(1003, 'not a call');
      openCalls += 1;
      if (openCalls > bounds.openCalls) return page.close(1008, 'too many calls at once');
      void answer(connection, ask).then((result) => {
        openCalls -= 1;
        tell(page, JSON.stringify({ id: ask.id, result }));
      });
    });
  }

  return {
    accept: (request, socket, head) => server.handleUpgrade(request, socket, head, greet),
    hasRoom: () => pages.size < bounds.pages,
    count: () => pages.size,
    close() {
      for (const stop of leave) stop();
      // A page that does not answer the close would keep the server open for ever.
      for (const page of pages) page.terminate();
      server.close();
    },
  };
}

/** A page that has just gone needs no answer. */
function ignoreClosed(): void {}

function parseAsk(text: string): AskMessage | null {
  try {
    const parsed = askMessageSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // not JSON
  }
}

/** The input is unknown until the app has parsed it with the command's schema. */
async function answer(connection: Pick<AppConnection, 'call'>, ask: AskMessage): Promise<Result<unknown>> {
  if (!isCommand(ask.command)) {
    return { ok: false, error: { code: 'notFound', reasons: [], detail: 'There is no such command.' } };
  }
  try {
    return await connection.call(ask.command, ask.input as never);
  } catch (error) {
    return { ok: false, error: { code: toErrorData(error).code, reasons: [] } }; // the app answers in words; this is none of its
  }
}
