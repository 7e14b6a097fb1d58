/** The app's window: sandboxed, isolated, without Node, showing our page alone, where and how it was left. */
import { BrowserWindow, nativeTheme } from 'electron';
import { pageUrl } from './appScheme.ts';
import { showWhenThere } from './showWhenThere.ts';
import { keepWindowState, leastSize, readWindowState, rescueBounds, workAreas } from './windowState.ts';

export interface WindowOptions {
  preload: string;
  profileDir: string;
  /** Developer tools are for checkouts: in the packaged app they would be a door. */
  isPackaged: boolean;
  onCreated(window: BrowserWindow): void;
  /** The page did not come: said to the person, who would look at an empty window. */
  onLoadFailed(error: unknown): void;
}

/** The page's own ground (`renderer/styles/global.css`): what is seen before its first picture. */
export const grounds = { dark: '#151515', light: '#e9e9e9' } as const;

export function openWindow(options: WindowOptions): BrowserWindow {
  const { preload, profileDir, isPackaged, onCreated, onLoadFailed } = options;
  const state = readWindowState(profileDir);
  const window = new BrowserWindow({
    title: 'Restage',
    ...rescueBounds(state?.bounds ?? null, workAreas()),
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    backgroundColor: nativeTheme.shouldUseDarkColors ? grounds.dark : grounds.light,
    show: false, // no white flash before the first paint
    autoHideMenuBar: true, // Alt shows it
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
  if (state?.isMaximized) window.maximize();
  if (state?.isFullScreen) window.setFullScreen(true);
  // The host's title tells of jobs; the page's would take its place.
  window.on('page-title-updated', (event) => event.preventDefault());
  keepWindowState(window, profileDir);
  showWhenThere(window);
  onCreated(window);
  window.loadURL(pageUrl).catch(onLoadFailed);
  return window;
}
