/** The app itself: what it is, its settings, its key, its account. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { AppInfo } from '../../shared/contract/app.ts';
import { RestageError } from '../../shared/errors.ts';
import { findTrouble } from '../../shared/limitOverrides.ts';
import { findPriceTrouble, type PriceOverride } from '../../shared/pricing.ts';
import { findNamingTrouble } from '../../shared/resultName.ts';
import type { Accounts, Provider } from '../accounts/accounts.ts';
import type { EventHub } from '../events.ts';
import type { AppOptions } from '../hostTypes.ts';
import type { Assets } from '../intake/assets.ts';
import type { Runner } from '../jobs/runner.ts';
import type { MediaService, Notice, SettingsService } from '../services.ts';
import type { DraftFile } from '../settings/draftFile.ts';
import type { Handlers } from './types.ts';
import { usableFolder } from './usableFolder.ts';

interface AppServices {
  options: AppOptions;
  version: string;
  settings: SettingsService;
  draft: DraftFile;
  accounts: Accounts;
  assets: Assets;
  media: MediaService;
  runner: Runner;
  events: EventHub;
  provider: () => Provider;
  libraryDir: () => string;
  wake: () => void;
  notices: () => Notice[];
  refreshAccount: (provider: Provider) => Promise<ReturnType<Accounts['status']>>;
}

type AppCommand =
  | 'app.info'
  | 'app.loadSample'
  | 'app.openExternal'
  | 'app.wake'
  | 'draft.read'
  | 'draft.keep'
  | 'settings.set'
  | 'settings.chooseLibraryFolder'
  | 'apiKey.set'
  | 'apiKey.clear'
  | 'account.status'
  | 'account.refresh';

const links = { keys: 'https://evolink.ai/dashboard/keys', topUp: 'https://evolink.ai/dashboard/credits' } as const;

export function createAppHandlers(services: AppServices): Pick<Handlers, AppCommand> {
  const { options, settings, accounts, runner, events, provider } = services;
  const change: Handlers['settings.set'] = (patch) => {
    if (patch.limitOverrides) requireSensible(patch.limitOverrides);
    if (patch.namingTemplate !== undefined) requireName(patch.namingTemplate);
    if (patch.priceOverride) requirePrices(patch.priceOverride);
    const next = settings.set(patch);
    events.emit('settings.changed', next);
    events.emit('account.changed', accounts.status(provider()));
    runner.release(['budget', 'folder', 'apiKey', 'slot']);
    return next;
  };
  return {
    'app.info': () => infoOf(services),
    'app.loadSample': () => loadSample(services),
    'app.openExternal': ({ link }) => {
      if (!options.openExternal) throw new RestageError('notFound', { detail: 'this host opens no links' });
      options.openExternal(links[link]);
      return {};
    },
    'settings.set': async (patch) =>
      change(patch.libraryDir ? { ...patch, libraryDir: await usableFolder(patch.libraryDir) } : patch),
    'settings.chooseLibraryFolder': async ({ path: typed }) => {
      if (typed === undefined && !options.chooseFolder)
        throw new RestageError('notFound', { detail: 'this host has no folder dialog' });
      const chosen = typed?.trim() ?? (await options.chooseFolder?.(services.libraryDir())) ?? null;
      if (chosen === null) return settings.get();
      return change({ libraryDir: chosen === '' ? '' : await usableFolder(chosen) });
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
    'apiKey.set': async ({ key, isSameAccount, allowFile }) => {
      accounts.setKey(key.trim(), { allowFile, ...(isSameAccount === undefined ? {} : { isSameAccount }) });
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
    'account.refresh': ({ provider: asked }) => services.refreshAccount(asked ?? provider()),
  };
}

const limitRules = { value: 'limits.value', order: 'limits.order', twice: 'limits.twice' } as const;

/** Limits that no file could ever meet would stop everything, without a word of why. */
function requireSensible(overrides: Parameters<typeof findTrouble>[0]): void {
  const found = findTrouble(overrides);
  if (!found) return;
  const { trouble, target, name } = found;
  throw new RestageError('refused', {
    reasons: [{ field: 'limitOverrides', rule: limitRules[trouble], params: { target, name } }],
  });
}

function requirePrices(override: PriceOverride): void {
  const name = findPriceTrouble(override);
  if (name === null) return;
  throw new RestageError('refused', {
    reasons: [{ field: 'priceOverride', rule: 'prices.value', params: { name, found: override[name] ?? '' } }],
  });
}

function requireName(template: string): void {
  const trouble = findNamingTrouble(template);
  if (!trouble) return;
  const { rule, ...params } = trouble;
  throw new RestageError('refused', {
    reasons: [{ field: 'namingTemplate', rule, params: { template, ...params } }],
  });
}

async function infoOf({ options, version, media, notices, libraryDir }: AppServices): Promise<AppInfo> {
  const tools = await media.tools();
  return {
    version,
    platform: process.platform,
    locale: options.locale,
    capabilities: options.capabilities,
    folders: { profile: options.profileDir, library: libraryDir(), logs: path.join(options.profileDir, 'logs') },
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
