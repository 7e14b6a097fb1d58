/** What Electron asks of the app about transfers: every answer is no. */
import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { describe, expect, it } from 'vitest';
import { denyTransfers } from '../../../main/hosts/electron/denyTransfers.ts';

/** As Electron emits it: what is not prevented goes on by itself. */
function ask(emitter: EventEmitter, name: string, ...rest: unknown[]) {
  const answers: unknown[][] = [];
  let isPrevented = false;
  const event = {
    preventDefault() {
      isPrevented = true;
    },
  };
  emitter.emit(name, event, ...rest, (...answer: unknown[]) => answers.push(answer));
  return { isPrevented, answers };
}

describe('C9: transfers', () => {
  const app = new EventEmitter();
  denyTransfers(app as unknown as App);

  it('nothing is downloaded, in no session', () => {
    for (const session of [new EventEmitter(), new EventEmitter()]) {
      app.emit('session-created', session);
      expect(ask(session, 'will-download', { getURL: () => 'https://evil.example/run.exe' }).isPrevented).toBe(true);
    }
  });

  it('no certificate of the person is offered', () => {
    const choice = ask(app, 'select-client-certificate', {}, 'https://evil.example', [{ data: 'the person' }]);
    expect(choice).toEqual({ isPrevented: true, answers: [[]] });
  });

  it('no server is trusted that the system does not trust', () => {
    const answer = ask(app, 'certificate-error', {}, 'https://evil.example', 'net::ERR_CERT_AUTHORITY_INVALID', {});
    expect(answer).toEqual({ isPrevented: true, answers: [[false]] });
  });

  it('no password is given to who asks for one', () => {
    expect(ask(app, 'login', {}, {}, { isProxy: true })).toEqual({ isPrevented: true, answers: [[]] });
  });
});
