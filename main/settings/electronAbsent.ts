/** Stands where `electron` is imported outside Electron (electron-store does): every member reads as undefined. */
export const app = undefined;
export const ipcMain = undefined;
export const shell = undefined;
export default {};
