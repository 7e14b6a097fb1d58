/** The side of the process that runs the profile: answers others over the socket and remembers what they handed over. */
import { chmod } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { type EventName, events } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { refused, toErrorData } from '../../shared/errors.ts';
import { isFinal, personReasons } from '../../shared/jobs/jobStates.ts';
import { publicError } from '../commands/publicError.ts';
import type { App } from '../hostTypes.ts';
import { makeSocketPlace, removeSocketPlace } from './socketPlace.ts';
import { maxRequestBytes, numberedSchema, readLines, sendLine, type WireRequest, wireRequestSchema } from './wire.ts';

/** A night of scripts is a dozen commands at once. */
const maxConnections = 200;

export interface ProfileServer {
  /** Resolves when nobody is connected and every job that others ordered is final or waits for a person. */
  handedOverDone(): Promise<void>;
  close(): Promise<void>;
}

export async function serveProfile(app: App, profileDir: string): Promise<ProfileServer> {
  // The lock is ours, so whatever lies there is a dead process's.
  const address = makeSocketPlace(profileDir);
  const sockets = new Set<Socket>();
  const windows = new Set<Socket>();
  const ordered = new Set<string>();
  const waiters = new Set<() => void>();
  const changed = () => {
    for (const waiter of waiters) waiter();
  };

  async function answer(request: WireRequest, from: Socket): Promise<unknown> {
    switch (request.kind) {
      case 'call': {
        const result = await (
          app.call as (command: string, input: unknown) => Promise<{ ok: boolean; value?: unknown }>
        )(request.command, request.input);
        if (result.ok) for (const job of orderedJobs(request.command, result.value)) ordered.add(job.id);
        return result;
      }
      case 'intake':
        return app.intakePaths(request.paths);
      case 'copyPrepared':
        return app.copyPrepared(request.preparedId, request.toPath);
      case 'setPlaces':
        return app.setPlaces(request.places);
      case 'conform':
        return app.conformInto(request.folder, request.input);
      case 'importFolder':
        return app.importFolder(request.folder, { copy: request.copy });
      case 'window':
        windows.add(from);
        changed();
        return { ok: true, value: {} };
    }
  }

  /** The outermost guard: whatever a line says, it becomes an answer. */
  async function answerSafely(message: unknown, from: Socket): Promise<unknown> {
    try {
      const request = wireRequestSchema.safeParse(message);
      if (!request.success) throw refused('input', 'input.form', { message: 'no request of this socket' });
      return await answer(request.data, from);
    } catch (error) {
      return { ok: false, error: publicError(toErrorData(error), { profileDir }) };
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    const offs = (Object.keys(events) as EventName[]).map((event) =>
      app.on(event, (payload) => sendLine(socket, { event, payload })),
    );
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      for (const off of offs) off();
      sockets.delete(socket);
      windows.delete(socket);
      changed();
    });
    readLines(socket, maxRequestBytes, (message) => {
      const { id } = numberedSchema.parse(message); // who sends no number cannot be answered: the connection ends
      void answerSafely(message, socket).then((result) => sendLine(socket, { id, result }));
    });
  });
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => resolve());
  });
  if (process.platform !== 'win32') await chmod(address, 0o600);
  const offJobs = app.on('jobs.changed', changed);

  async function isDone(): Promise<boolean> {
    if (sockets.size > windows.size) return false;
    const jobs = await app.call('jobs.list', {});
    if (!jobs.ok) return true;
    return jobs.value.every(
      (job) =>
        !ordered.has(job.id) ||
        isFinal(job.state) ||
        (job.waitingFor !== null && personReasons.includes(job.waitingFor)),
    );
  }

  return {
    async handedOverDone() {
      while (!(await isDone())) {
        await new Promise<void>((resolve) => {
          const waiter = () => {
            waiters.delete(waiter);
            resolve();
          };
          waiters.add(waiter);
        });
      }
    },
    async close() {
      offJobs();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      removeSocketPlace(profileDir);
    },
  };
}

function orderedJobs(command: string, value: unknown): Job[] {
  if (command === 'jobs.order') return value as Job[];
  return command === 'jobs.retry' || command === 'jobs.resolveOutcome' ? [value as Job] : [];
}
