/** A bridge that answers from a table and remembers what was asked: the page's only collaborator, at its border. */
import type { CommandInput, CommandName, CommandOutput, RestageBridge } from '../../../shared/contract/index.ts';
import type { ErrorData, Result } from '../../../shared/errors.ts';
import { imageAsset, videoAsset } from './samples.ts';

type Answers = { [C in CommandName]?: (input: CommandInput<C>) => CommandOutput<C> | Promise<CommandOutput<C>> };

export class Refusal extends Error {
  readonly data: ErrorData;

  constructor(data: ErrorData) {
    super(data.code);
    this.data = data;
  }
}

const settings: CommandOutput<'settings.get'> = {
  language: 'en',
  theme: 'dark',
  interfaceScalePercent: 100,
  provider: 'sandbox',
  libraryDir: '',
  namingTemplate: '{character} on {clip} {date}',
  ffmpegPath: '',
  ffprobePath: '',
  proxyUrl: '',
  caFile: '',
  preset: 'fast',
  limits: { perJob: null, perDay: null, perMonth: null },
  notifications: { finished: true, attention: true, linkDies: true },
  webHook: null,
  maxAtProvider: null,
  cacheMaxBytes: 20_000_000_000,
  limitOverrides: [],
  priceOverride: null,
  recipePresets: [],
  promptSnippets: [],
  shortcuts: { set: 'restage', own: {} },
  librarySearches: [],
  libraryFolders: [],
  needsProject: false,
  hasProjectFolders: false,
  originalsIn: [],
  isFirstRunDone: true,
  hasAgreedToLikenessRights: false,
};

const account: CommandOutput<'account.status'> = {
  accountId: 'sandbox',
  provider: 'sandbox',
  isSandbox: true,
  connection: 'ok',
  remainingCredits: '1000',
  checkedAt: null,
  key: { isPresent: false, storage: 'none', hint: null },
};

export const evolinkAccount = { ...account, accountId: 'evolink-1', provider: 'evolink' as const, isSandbox: false };

export const legalCheck: CommandOutput<'media.check'> = {
  verdicts: [],
  isLegal: true,
  price: { low: '81.648', high: '89.8128' },
  plan: {
    kind: 'reencode',
    target: 'motion-video',
    preset: 'fast',
    trim: { unit: 'frames', from: 0, to: 600 },
    steps: [],
    output: {
      width: 1280,
      height: 720,
      frameRate: { num: 30, den: 1 },
      frameCount: 600,
      durationSeconds: 20,
      hasAudio: false,
      predictedBytes: 2_000_000,
    },
  },
};

export const noFacets: CommandOutput<'library.facets'> = {
  ...{ characters: [], clips: [], projects: [], elements: [], qualities: [], orientations: [] },
  ...{ tags: [], ratings: [], flags: [], months: [], states: [] },
};

const usual: Answers = {
  'settings.get': () => settings,
  'settings.set': (patch) => ({ ...settings, ...patch }) as typeof settings,
  'account.status': () => account,
  'account.refresh': () => account,
  'jobs.list': () => [],
  'performances.list': () => [],
  'queue.get': () => ({ hold: 'none', currentIds: [] }),
  'elements.list': () => [],
  'prepared.list': () => [],
  'assets.list': () => [],
  'library.list': () => ({ items: [], next: null, problems: [] }),
  'library.outline': ({ pageSize = 200 }) => ({ total: 0, cursors: [null], pageSize, groups: [] }),
  'library.facets': () => noFacets,
  'library.searches': () => [],
  'library.originals': () => ({ isKept: false, folder: '/library/originals', count: 0, sizeBytes: 0, missing: 0 }),
  'assets.get': ({ id }) => (id === imageAsset.id ? imageAsset : videoAsset),
  'media.timeline': () => ({
    filmstrip: { count: 10, doneCount: 0, width: 160, height: 90 },
    peaks: null,
    isDone: true,
  }),
  'media.check': () => legalCheck,
};

export interface FakeBridge {
  /** Inputs of every call of a command, in order. */
  inputsOf<C extends CommandName>(command: C): CommandInput<C>[];
}

/** Puts it where the page looks for it. */
export function installBridge(
  answers: Answers = {},
  intake: RestageBridge<File>['intake'] = async () => [],
): FakeBridge {
  const asked: { command: CommandName; input: unknown }[] = [];
  const bridge = {
    async call<C extends CommandName>(command: C, input: CommandInput<C>): Promise<Result<CommandOutput<C>>> {
      asked.push({ command, input });
      const answer = answers[command] ?? usual[command];
      if (!answer) return { ok: false, error: { code: 'notFound', reasons: [], detail: command } };
      try {
        return { ok: true, value: await answer(input) };
      } catch (error) {
        if (error instanceof Refusal) return { ok: false, error: error.data };
        throw error;
      }
    },
    on: () => () => undefined,
    intake,
  } satisfies RestageBridge<File>;
  Object.defineProperty(window, 'restage', { value: bridge, configurable: true });
  return {
    inputsOf: <C extends CommandName>(command: C) =>
      asked.filter((entry) => entry.command === command).map((entry) => entry.input as CommandInput<C>),
  };
}
