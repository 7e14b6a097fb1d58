/** Lines of JSON over the profile's local socket: how a second process hands its requests to the one that runs the profile. */
import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type WireRequest =
  | { id: number; kind: 'call'; command: string; input: unknown }
  | { id: number; kind: 'intake'; paths: string[] }
  | { id: number; kind: 'copyPrepared'; preparedId: string; toPath: string }
  /** Said by a window: it takes over when the holder goes, so a command that has done its work need not stay for it. */
  | { id: number; kind: 'window' };
export type WireMessage = { id: number; result: unknown } | { event: string; payload: unknown };

/** Unix socket paths end at about 104 bytes; a deeper profile gets one in the temporary folder, named after it. */
export function socketPath(profileDir: string): string {
  const name = createHash('sha256').update(path.resolve(profileDir)).digest('hex').slice(0, 20);
  if (process.platform === 'win32') return `\\\\.\\pipe\\restage-${name}`;
  const inside = path.join(profileDir, 'runner.sock');
  return Buffer.byteLength(inside) <= 100 ? inside : path.join(tmpdir(), `restage-${name}.sock`);
}

export function sendLine(socket: Socket, message: WireRequest | WireMessage): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
}

export function readLines(socket: Socket, onMessage: (message: unknown) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      try {
        onMessage(JSON.parse(line));
      } catch {
        socket.destroy();
      }
    }
  });
}
