/** The app's window: sandboxed, isolated, without Node, showing our page alone. */
import { BrowserWindow, type WebContents } from 'electron';
import { pageUrl } from './appScheme.ts';
import { showWhenThere } from './showWhenThere.ts';

export interface WindowOptions {
  preload: string;
  /** Developer tools are for checkouts: in the packaged app they would be a door. */
  isPackaged: boolean;
  onCreated(page: WebContents): void;
  /** The page did not come: said to the person, who would look at an empty window. */
  onLoadFailed(error: unknown): void;
}

export function openWindow({ preload, isPackaged, onCreated, onLoadFailed }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Restage',
    width: 1400,
    height: 900,
    minWidth: 1024,
    minHeight: 700,
    backgroundColor: '#1f1f1f',
    show: false, // no white flash before the first paint
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false, // would fetch dictionaries from the network
      devTools: !isPackaged,
    },
  });
  showWhenThere(window);
  onCreated(window.webContents);
  window.loadURL(pageUrl).catch(onLoadFailed);
  return window;
}
