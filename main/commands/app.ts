/** The app itself: what it is, its settings, its key, its account. */
import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { AppInfo } from '../../shared/contract/app.ts';
import type { LinePlace } from '../../shared/contract/line.ts';
import { RestageError } from '../../shared/errors.ts';
import type { Accounts, Provider } from '../accounts/accounts.ts';
import type { EventHub } from '../events.ts';
import type { AppOptions } from '../hostTypes.ts';
import type { Assets } from '../intake/assets.ts';
import type { Runner } from '../jobs/runner.ts';
import type { MediaService, Notice, SettingsService } from '../services.ts';
import type { DraftFile } from '../settings/draftFile.ts';
import type { SettingsChange } from './changeSettings.ts';
import type { Handlers } from './types.ts';
import { usableFolder } from './usableFolder.ts';

interface AppServices {
  options: AppOptions;
  version: string;
  changeSettings: SettingsChange;
  settings: SettingsService;
  draft: DraftFile;
  matrix: DraftFile;
  accounts: Accounts;
  assets: Assets;
  media: MediaService;
  runner: Runner;
  events: EventHub;
  provider: () => Provider;
  libraryDir: () => string;
  wake: () => void;
  notices: () => Notice[];
  testLine: () => Promise<LinePlace[]>;
  refreshAccount: (provider: Provider) => Promise<ReturnType<Accounts['status']>>;
}

type AppCommand =
  | 'app.info'
  | 'app.loadSample'
  | 'app.openExternal'
  | 'app.wake'
  | 'draft.read'
  | 'draft.keep'
  | 'matrix.read'
  | 'matrix.keep'
  | 'settings.set'
  | 'settings.chooseLibraryFolder'
  | 'apiKey.set'
  | 'apiKey.clear'
  | 'account.status'
  | 'account.testLine'
  | 'account.refresh';

const links = { keys: 'https://evolink.ai/dashboard/keys', topUp: 'https://evolink.ai/dashboard/credits' } as const;

export function createAppHandlers(services: AppServices): Pick<Handlers, AppCommand> {
  const { options, settings, accounts, runner, events, provider, changeSettings: change } = services;
  return {
    'app.info': () => infoOf(services),
    'app.loadSample': () => loadSample(services),
    'app.openExternal': ({ link }) => {
      if (!options.openExternal) throw new RestageError('notFound', { detail: 'this host opens no links' });
      options.openExternal(links[link]);
      return {};
    },
    'settings.set': change,
    'settings.chooseLibraryFolder': async ({ isDefault }) => {
      if (isDefault) return change({ libraryDir: '' });
      if (!options.chooseFolder) throw new RestageError('notFound', { detail: 'this host has no folder dialog' });
      const chosen = await options.chooseFolder(services.libraryDir());
      return chosen === null ? settings.get() : change({ libraryDir: await usableFolder(chosen) });
    },
    'app.wake': () => {
      services.wake();
      return {};
    },
    'draft.read': async () => ({ text: await services.draft.read() }),
    'draft.keep': async ({ text }) => {
      await services.draft.keep(text);
      return {};
    },
    'matrix.read': async () => ({ text: await services.matrix.read() }),
    'matrix.keep': async ({ text }) => {
      await services.matrix.keep(text);
      return {};
    },
    'apiKey.set': async ({ key, isSameAccount, allowFile }) => {
      await accounts.setKey(key.trim(), { allowFile, ...(isSameAccount === undefined ? {} : { isSameAccount }) });
      const status = await services.refreshAccount('evolink');
      runner.release(['apiKey', 'credits', 'network']);
      return status;
    },
    'apiKey.clear': () => {
      accounts.clearKey();
      const status = accounts.status(provider());
      events.emit('account.changed', status);
      return status;
    },
    'account.status': () => accounts.status(provider()),
    'account.testLine': async () => ({ places: await services.testLine() }),
    'account.refresh': ({ provider: asked }) => services.refreshAccount(asked ?? provider()),
  };
}

async function infoOf({ options, version, media, notices, libraryDir }: AppServices): Promise<AppInfo> {
  const tools = await media.tools();
  return {
    version,
    platform: process.platform,
    locale: options.locale,
    capabilities: options.capabilities,
    folders: foldersOf(options.profileDir, libraryDir()),
    tools: {
      ffmpeg: tools.ffmpeg && `${tools.ffmpeg.path} (${tools.ffmpeg.version})`,
      ffmpegSource: tools.ffmpeg?.source ?? null,
      ffprobe: tools.ffprobe && `${tools.ffprobe.path} (${tools.ffprobe.version})`,
      ffprobeSource: tools.ffprobe?.source ?? null,
    },
    notices: notices(),
    sample: null,
  };
}

async function loadSample({ options, assets }: AppServices): Promise<{ videoId: string; imageId: string }> {
  const names = await readdir(options.samplesDir).catch(() => [] as string[]);
  const video = names.find((name) => name.endsWith('.mp4'));
  const image = names.find((name) => /\.(png|jpe?g)$/.test(name));
  if (!video || !image) throw new RestageError('notFound', { detail: 'the sample project is not there' });
  const [clip, character] = await Promise.all([
    assets.addPath(path.join(options.samplesDir, video)),
    assets.addPath(path.join(options.samplesDir, image)),
  ]);
  return { videoId: clip.id, imageId: character.id };
}

/** The library is the person's own folder; where the profile lies the page shows, but never learns the whole path of. */
function foldersOf(profileDir: string, library: string): AppInfo['folders'] {
  const profile = shownPath(profileDir);
  return { profile, library, logs: `${profile}${path.sep}logs` };
}

/** `~/.config/Restage`, or `…/Restage` for a profile outside the home folder. */
function shownPath(folder: string): string {
  const fromHome = path.relative(os.homedir(), folder);
  const isInHome = fromHome !== '' && !fromHome.startsWith('..') && !path.isAbsolute(fromHome);
  return isInHome ? path.join('~', fromHome) : path.join('…', path.basename(folder));
}
