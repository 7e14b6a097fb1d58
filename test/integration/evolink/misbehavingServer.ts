/** A local server that does what a script says, byte by byte: cuts, stalls, lies, redirects; and keeps what it was sent. */
import net from 'node:net';

export interface Received {
  /** Everything that came over this connection. */
  text: string;
}

export type Script = (socket: net.Socket, received: Received) => void;

export interface MisbehavingServer {
  origin: string;
  connections: Received[];
  /** What the next connections do, in turn; the last one stays. */
  play(...scripts: Script[]): void;
  close(): Promise<void>;
}

export async function startMisbehavingServer(): Promise<MisbehavingServer> {
  const sockets = new Set<net.Socket>();
  const connections: Received[] = [];
  let scripts: Script[] = [];
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const received: Received = { text: '' };
    connections.push(received);
    const script = scripts.length > 1 ? scripts.shift() : scripts[0];
    socket.on('data', (chunk) => {
      received.text += chunk.toString('latin1');
    });
    script?.(socket, received);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    origin: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    connections,
    play(...next) {
      scripts = next;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers once the request's head is there. */
export const whenAsked =
  (act: (socket: net.Socket, received: Received) => void): Script =>
  (socket, received) => {
    let isDone = false;
    socket.on('data', () => {
      if (isDone || !received.text.includes('\r\n\r\n')) return;
      isDone = true;
      act(socket, received);
    });
  };

export const reply = (
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = {},
  options: { announced?: number } = {},
): Script =>
  whenAsked((socket) => {
    const lines = {
      'content-length': String(options.announced ?? Buffer.byteLength(body)),
      connection: 'close',
      ...headers,
    };
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 ${status} X\r\n${head.join('')}\r\n`);
    socket.end(body);
  });

export const silence: Script = () => {};
export const reset: Script = whenAsked((socket) => socket.resetAndDestroy());
