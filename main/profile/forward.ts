/** The side of a second process: the same calls and events, carried to the process that runs the profile. */
import { connect, type Socket } from 'node:net';
import type { Call, EventPayload } from '../../shared/contract/index.ts';
import { RestageError } from '../../shared/errors.ts';
import { createEventHub } from '../events.ts';
import type { ProfileConnection } from '../hostTypes.ts';
import { findSocket } from './socketPlace.ts';
import { maxAnswerBytes, readLines, sendLine, type WireRequest, wireMessageSchema } from './wire.ts';

type RequestBody = WireRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

/** Null when nobody answers there (yet). */
export async function connectToHolder(
  profileDir: string,
  options: { isWindow: boolean } = { isWindow: false },
): Promise<ProfileConnection | null> {
  const address = findSocket(profileDir);
  const socket = address === null ? null : await openSocket(address);
  if (!socket) return null;
  const hub = createEventHub(() => {});
  const pending = new Map<number, (result: unknown) => void>();
  let nextId = 1;
  const lost = {
    ok: false,
    error: new RestageError('storage', { reasons: [{ field: 'profile', rule: 'profile.holderLost' }] }).toData(),
  };

  readLines(socket, maxAnswerBytes, (message) => {
    const told = wireMessageSchema.parse(message); // what is none ends the connection
    if ('event' in told) hub.emit(told.event, told.payload as EventPayload<typeof told.event>);
    else {
      pending.get(told.id)?.(told.result);
      pending.delete(told.id);
    }
  });
  socket.on('error', () => socket.destroy());
  const holderLost = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.on('close', () => {
    for (const resolve of pending.values()) resolve(lost);
    pending.clear();
  });

  const ask = (request: RequestBody): Promise<unknown> => {
    if (socket.destroyed) return Promise.resolve(lost);
    const id = nextId++;
    return new Promise((resolve) => {
      pending.set(id, resolve);
      sendLine(socket, { ...request, id });
    });
  };
  if (options.isWindow) await ask({ kind: 'window' });
  return {
    role: 'forwarded',
    app: null,
    holderLost,
    call: ((command: string, input: unknown) => ask({ kind: 'call', command, input })) as Call,
    on: hub.on,
    async intakePaths(paths) {
      const answer = await ask({ kind: 'intake', paths: [...paths] });
      return Array.isArray(answer) ? answer : paths.map(() => lost);
    },
    copyPrepared: (preparedId, toPath) =>
      ask({ kind: 'copyPrepared', preparedId, toPath }) as ReturnType<ProfileConnection['copyPrepared']>,
    conformInto: (folder, input) =>
      ask({ kind: 'conform', folder, input }) as ReturnType<ProfileConnection['conformInto']>,
    setPlaces: (places) => ask({ kind: 'setPlaces', places }) as ReturnType<ProfileConnection['setPlaces']>,
    importFolder: (folder, { copy }) =>
      ask({ kind: 'importFolder', folder, copy }) as ReturnType<ProfileConnection['importFolder']>,
    async close() {
      socket.end();
      if (!socket.destroyed) await new Promise<void>((resolve) => socket.once('close', () => resolve()));
    },
  };
}

function openSocket(address: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', () => resolve(null));
  });
}
