/**
 * The profile as a window needs it: run in this process, or in another one (a command that works through the night) for as
 * long as that lives. Then this process takes the profile over, and the page only sees that pictures and files work too.
 */
import { type EventName, events } from '../../shared/contract/index.ts';
import { createEventHub } from '../events.ts';
import type { AppOptions, ProfileConnection } from '../hostTypes.ts';
import { openProfile } from '../profile/connect.ts';
import { pause } from '../storage/clock.ts';
import { type PageBackend, pageBackendOf } from './pageBackend.ts';
import { resync } from './resync.ts';

/** Somebody else may have been faster, and be gone again. */
const retryMs = 2000;

export interface FollowedProfile {
  backend: PageBackend;
  /** At the time of opening. */
  role: ProfileConnection['role'];
  close(): Promise<void>;
}

export async function followProfile(options: AppOptions): Promise<FollowedProfile> {
  const hub = createEventHub(() => {});
  let isClosing = false;
  let connection = await openProfile(options);
  let current = pageBackendOf(connection);

  function attach(): void {
    for (const event of Object.keys(events) as EventName[]) {
      connection.on(event, (payload) => hub.emit(event, payload));
    }
    void connection.holderLost.then(takeOver);
  }

  async function takeOver(): Promise<void> {
    while (!isClosing) {
      try {
        connection = await openProfile(options);
        break;
      } catch {
        await pause(retryMs); // held by a process that does not answer yet
      }
    }
    if (isClosing) return connection.close();
    current = pageBackendOf(connection);
    attach();
    await resync({ call: current.call, emit: hub.emit });
  }
  attach();

  return {
    role: connection.role,
    backend: {
      call: (command, input) => current.call(command, input),
      on: hub.on,
      fetch: (request) => current.fetch(request),
      intakeStream: (name, body) => current.intakeStream(name, body),
      intakePaths: (paths) => current.intakePaths(paths),
    },
    close() {
      isClosing = true;
      return connection.close();
    },
  };
}
