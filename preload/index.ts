/** The only bridge between the page and Electron: the contract, intake of files, dragging results out, and what the host's menus say. */
import { contextBridge, ipcRenderer } from 'electron';
import type { HostMessage } from '../shared/contract/hostMessages.ts';
import type { RestageBridge } from '../shared/contract/index.ts';
import { electronChannels } from '../shared/electronChannels.ts';
import { intakeFiles } from './intakeFiles.ts';

type Listener = (payload: unknown) => void;
const listeners = new Map<string, Set<Listener>>();

ipcRenderer.on(electronChannels.event, (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload);
});

const hostListeners = new Set<(message: HostMessage) => void>();

ipcRenderer.on(electronChannels.host, (_event, message: HostMessage) => {
  for (const listener of hostListeners) listener(message);
});

const bridge: RestageBridge<File> = {
  call: (command, input) => ipcRenderer.invoke(electronChannels.call, command, input),
  on(event, listener) {
    const added = listeners.get(event) ?? new Set();
    listeners.set(event, added.add(listener as Listener));
    return () => void added.delete(listener as Listener);
  },
  intake: intakeFiles,
  dragOut: (itemIds) => ipcRenderer.send(electronChannels.dragOut, itemIds),
  prepareDrag: (itemIds) => ipcRenderer.send(electronChannels.prepareDrag, itemIds),
  setMenu: (commands) => ipcRenderer.send(electronChannels.menu, commands),
  onHost(listener) {
    hostListeners.add(listener);
    // What came while nobody listened waits in the app.
    ipcRenderer.send(electronChannels.listening);
    return () => void hostListeners.delete(listener);
  },
};

contextBridge.exposeInMainWorld('restage', bridge);
