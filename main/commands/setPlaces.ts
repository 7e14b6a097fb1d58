/**
 * Folders and programs by their paths, as a host sets them: the command line, or a person in the settings file. There is no
 * such command in the contract: a page that was taken over could otherwise name a program for Restage to start.
 */
import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from '../../shared/contract/app.ts';
import { refused } from '../../shared/errors.ts';
import { readAuthorities } from '../network/line.ts';
import { directSetting, readStoredProxy } from '../network/proxyRules.ts';
import type { Places } from '../profile/wire.ts';
import type { SettingsChange } from './changeSettings.ts';
import { usableFolder } from './usableFolder.ts';

/** Empty: back to the default. Throws refused with the place and the rule it breaks; nothing is changed then. */
export function createSetPlaces(change: SettingsChange): (places: Places) => Promise<Settings> {
  return async ({ libraryDir, ffmpegPath, ffprobePath, proxyUrl, caFile }) => {
    const patch: Partial<Settings> = {};
    if (libraryDir !== undefined) patch.libraryDir = libraryDir === '' ? '' : await usableFolder(libraryDir);
    if (ffmpegPath !== undefined) patch.ffmpegPath = ffmpegPath === '' ? '' : await usableProgram('ffmpeg', ffmpegPath);
    if (ffprobePath !== undefined)
      patch.ffprobePath = ffprobePath === '' ? '' : await usableProgram('ffprobe', ffprobePath);
    if (proxyUrl !== undefined) patch.proxyUrl = usableProxy(proxyUrl);
    if (caFile !== undefined) patch.caFile = caFile === '' ? '' : usableAuthorities(caFile);
    return change(patch);
  };
}

function usableProxy(text: string): string {
  if (text === '' || text === directSetting || readStoredProxy(text) !== null) return text;
  throw refused('proxy', 'line.proxy', { value: text.replace(/\/\/.*@/, '//…@').slice(0, 300) });
}

function usableAuthorities(file: string): string {
  readAuthorities(file);
  return path.resolve(file);
}

/** A file that its owner has made executable; whether it is ffmpeg, one tiny real run tells when it is first used. */
async function usableProgram(field: 'ffmpeg' | 'ffprobe', named: string): Promise<string> {
  if (!path.isAbsolute(named)) throw refused(field, 'program.absolute', { path: named });
  const file = path.resolve(named);
  const found = await stat(file).catch(() => null);
  const isExecutable = await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!found?.isFile() || !isExecutable) throw refused(field, 'program.executable', { path: file });
  return file;
}
