/** `ipcMain`, `protocol` and `session`: what was installed, and when that may be done. */
import { EventEmitter } from 'node:events';
import { isReady, onlyWhenReady, record } from './record.ts';

type Handler = Parameters<Electron.IpcMain['handle']>[1];
type Scheme = Parameters<Electron.Protocol['handle']>[1];

class IpcMain extends EventEmitter implements Partial<Omit<Electron.IpcMain, keyof NodeJS.EventEmitter>> {
  handlers = new Map<string, Handler>();
  handle(channel: string, handler: Handler) {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }
}
export const ipcMain = new IpcMain();

export const protocolHandlers = new Map<string, Scheme>();
export const protocol = {
  registerSchemesAsPrivileged(schemes) {
    if (isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    record.schemes.push(...schemes);
  },
  handle(scheme, handler) {
    onlyWhenReady('protocol');
    protocolHandlers.set(scheme, handler);
  },
} satisfies Partial<Electron.Protocol>;

type Request = NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>;
type Check = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>;
type Device = NonNullable<Parameters<Electron.Session['setDevicePermissionHandler']>[0]>;

export const permissions: { request?: Request; check?: Check; device?: Device } = {};

const defaultSession = {
  setPermissionRequestHandler(handler) {
    if (handler) permissions.request = handler;
  },
  setPermissionCheckHandler(handler) {
    if (handler) permissions.check = handler;
  },
  setDevicePermissionHandler(handler) {
    if (handler) permissions.device = handler;
  },
} satisfies Partial<Electron.Session>;

export const session = {
  get defaultSession() {
    onlyWhenReady('session');
    return defaultSession;
  },
};
