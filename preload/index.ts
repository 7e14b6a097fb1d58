/** The only bridge between the page and Electron: the contract, intake of files, and dragging results out. */
import { contextBridge, ipcRenderer } from 'electron';
import type { RestageBridge } from '../shared/contract/index.ts';
import { electronChannels } from '../shared/electronChannels.ts';
import { intakeFiles } from './intakeFiles.ts';

type Listener = (payload: unknown) => void;
const listeners = new Map<string, Set<Listener>>();

ipcRenderer.on(electronChannels.event, (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload);
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
};

contextBridge.exposeInMainWorld('restage', bridge);
