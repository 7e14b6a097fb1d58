/** Every command of the CLI as data: its words, flags and the module that runs it. Parser and help read this table alone. */
import { handoffFormats } from '../../../shared/contract/handoff.ts';
import { librarySorts } from '../../../shared/contract/libraryCommands.ts';
import { conformPresetIds } from '../../../shared/handoff/conformPresets.ts';
import type { CommandSpec, FlagSpec } from './commandSpec.ts';
import type { CommandRun } from './context.ts';
import { choice, copyFlags, onOff, path, text } from './flagSpecs.ts';
import { imageEditFlags } from './imageEdit.ts';

/** A command and the module that runs it, loaded when it is asked for. */
export interface Command extends CommandSpec {
  load: () => Promise<CommandRun>;
}

/** What of a clip is used. */
const part: readonly FlagSpec[] = [
  { name: 'from', kind: 'time', placeholder: 'T' },
  { name: 'to', kind: 'time', placeholder: 'T' },
  { name: 'crop', kind: 'crop', placeholder: 'C' },
];
const soundTrack: FlagSpec = { name: 'sound-track', kind: 'number', placeholder: 'N' };
const orientation = (extra: Partial<FlagSpec> = {}) => choice('orientation', ['image', 'video'], extra);
const preset = choice('preset', ['fast', 'best', 'keep']);
const ordering: readonly FlagSpec[] = [text('callback-url', 'URL'), text('order', 'NAME'), onOff('detach')];

export const commonFlags: readonly FlagSpec[] = [
  choice('provider', ['sandbox', 'evolink']),
  { name: 'profile', kind: 'path', placeholder: 'DIR' },
  { name: 'library', kind: 'path', placeholder: 'DIR' },
  onOff('yes'),
  onOff('json'),
  onOff('help'),
  onOff('version'),
];

const librarySorting: readonly FlagSpec[] = [choice('sort', librarySorts), onOff('ascending'), onOff('stacked')];

const jobCommand = (word: string, key: string, flags: readonly FlagSpec[] = []): Command => ({
  path: ['jobs', word],
  key,
  positionals: ['id'],
  flags,
  load: async () => (await import('./commands/changeJob.ts')).changeJob,
});

const queueCommand = (word: string, key: string): Command => ({
  path: ['jobs', word],
  key,
  positionals: [],
  flags: [],
  load: async () => (await import('./commands/steerQueue.ts')).steerQueue,
});

const againCommand = (word: string, key: string, flags: readonly FlagSpec[] = []): Command => ({
  path: ['library', word],
  key,
  positionals: ['results'],
  isOpenEnded: true,
  flags: [
    ...flags,
    text('project', 'NAME'),
    choice('takes', ['1', '2', '3', '4']),
    text('order', 'NAME'),
    onOff('detach'),
  ],
  load: async () => (await import('./commands/orderAgain.ts')).orderAgain,
});

export const commandTable: readonly Command[] = [
  {
    path: ['check'],
    key: 'check',
    positionals: [],
    flags: [
      path('video', { isRepeatable: true }),
      path('image', { isRepeatable: true }),
      path('element-clip', { isRepeatable: true }),
      ...part,
      ...imageEditFlags,
      soundTrack,
      orientation({ help: 'orientationDefault' }),
      preset,
    ],
    needsOneOf: ['video', 'image', 'element-clip'],
    load: async () => (await import('./commands/check.ts')).check,
  },
  {
    path: ['prepare'],
    key: 'prepare',
    positionals: [],
    flags: [
      path('video', { isRequired: true }),
      path('output', { isRequired: true }),
      ...part,
      soundTrack,
      orientation({ help: 'orientationDefault' }),
      preset,
    ],
    load: async () => (await import('./commands/prepare.ts')).prepare,
  },
  {
    path: ['generate'],
    key: 'generate',
    positionals: [],
    flags: [
      path('video', { isRequired: true, isRepeatable: true }),
      path('image', { isRequired: true, isRepeatable: true }),
      ...part,
      ...imageEditFlags,
      soundTrack,
      orientation({ isRequired: true }),
      choice('quality', ['720p', '1080p'], { isRequired: true }),
      preset,
      { ...onOff('no-sound'), help: 'noSound' },
      onOff('parts'),
      text('prompt', 'TEXT', { mayBeEmpty: true, isMultiline: true }),
      text('element', 'ID'),
      text('project', 'NAME'),
      onOff('watermark'),
      ...ordering,
    ],
    load: async () => (await import('./commands/generate.ts')).generate,
  },
  {
    path: ['element', 'create'],
    key: 'elementCreate',
    positionals: [],
    flags: [
      path('video', { isRequired: true }),
      text('name', 'TEXT', { isRequired: true }),
      text('description', 'TEXT', { isRequired: true, isMultiline: true }),
      ...part,
      ...ordering,
    ],
    load: async () => (await import('./commands/createElement.ts')).createElement,
  },
  {
    path: ['jobs', 'list'],
    key: 'jobsList',
    positionals: [],
    flags: [],
    load: async () => (await import('./commands/readJobs.ts')).listJobs,
  },
  {
    path: ['jobs', 'show'],
    key: 'jobsShow',
    positionals: ['id'],
    flags: [],
    load: async () => (await import('./commands/readJobs.ts')).showJob,
  },
  jobCommand('retry', 'jobsRetry'),
  jobCommand('cancel', 'jobsCancel'),
  jobCommand('hide', 'jobsHide'),
  jobCommand('pause', 'jobsPause'),
  jobCommand('resume', 'jobsResume'),
  jobCommand('approve', 'jobsApprove'),
  jobCommand('resolve', 'jobsResolve', [text('task', 'ID'), onOff('resend'), onOff('give-up')]),
  {
    path: ['jobs', 'move'],
    key: 'jobsMove',
    positionals: ['id'],
    flags: [choice('to', ['top', 'up', 'down'], { isRequired: true, help: 'place' })],
    load: async () => (await import('./commands/steerQueue.ts')).moveJob,
  },
  queueCommand('pause-all', 'jobsPauseAll'),
  queueCommand('resume-all', 'jobsResumeAll'),
  queueCommand('stop-after-current', 'jobsStopAfterCurrent'),
  {
    path: ['jobs', 'watch'],
    key: 'jobsWatch',
    positionals: [],
    flags: [],
    load: async () => (await import('./commands/watchJobs.ts')).watchJobs,
  },
  {
    path: ['library', 'list'],
    key: 'libraryList',
    positionals: [],
    flags: librarySorting,
    load: async () => (await import('./commands/readLibrary.ts')).listLibrary,
  },
  {
    path: ['library', 'search'],
    key: 'librarySearch',
    positionals: ['text'],
    isOpenEnded: true,
    flags: librarySorting,
    load: async () => (await import('./commands/readLibrary.ts')).searchLibrary,
  },
  {
    path: ['library', 'verify'],
    key: 'libraryVerify',
    positionals: [],
    flags: [],
    load: async () => (await import('./commands/verifyLibrary.ts')).verifyLibrary,
  },
  {
    path: ['library', 'import'],
    key: 'libraryImport',
    positionals: ['folder'],
    flags: [onOff('copy')],
    load: async () => (await import('./commands/importLibrary.ts')).importLibrary,
  },
  {
    path: ['library', 'rebuild'],
    key: 'libraryRebuild',
    positionals: [],
    flags: [],
    load: async () => (await import('./commands/rebuildLibrary.ts')).rebuildLibrary,
  },
  {
    path: ['library', 'export'],
    key: 'libraryExport',
    positionals: ['results'],
    isOpenEnded: true,
    flags: [
      choice('format', handoffFormats),
      path('over'),
      path('out'),
      text('title', 'TEXT'),
      choice('conform', conformPresetIds),
      path('copies', { placeholder: 'DIR' }),
      ...copyFlags,
    ],
    needsOneOf: ['format', 'over'],
    load: async () => (await import('./commands/exportLibrary.ts')).exportLibrary,
  },
  {
    path: ['library', 'conform'],
    key: 'libraryConform',
    positionals: ['results'],
    isOpenEnded: true,
    flags: [
      choice('preset', conformPresetIds, { isRequired: true, help: 'conformPreset' }),
      ...copyFlags,
      path('out', { placeholder: 'DIR', help: 'conformOut' }),
    ],
    load: async () => (await import('./commands/conformLibrary.ts')).conformLibrary,
  },
  againCommand('again', 'libraryAgain', [
    choice('quality', ['720p', '1080p'], { help: 'againQuality' }),
    text('prompt', 'TEXT', { mayBeEmpty: true, isMultiline: true, help: 'againPrompt' }),
  ]),
  againCommand('promote', 'libraryPromote'),
  {
    path: ['credits'],
    key: 'credits',
    positionals: [],
    flags: [],
    load: async () => (await import('./commands/credits.ts')).credits,
  },
  {
    path: ['spend'],
    key: 'spend',
    positionals: [],
    flags: [choice('by', ['day', 'month', 'character', 'clip', 'tag', 'project', 'job']), onOff('csv')],
    load: async () => (await import('./commands/spend.ts')).spend,
  },
  {
    path: ['line'],
    key: 'line',
    positionals: [],
    flags: [],
    load: async () => (await import('./commands/line.ts')).line,
  },
  {
    path: ['settings', 'set'],
    key: 'settingsSet',
    positionals: ['setting', 'value'],
    flags: [],
    load: async () => (await import('./commands/setPlaces.ts')).setPlaces,
  },
  {
    path: ['sandbox'],
    key: 'sandbox',
    positionals: [],
    flags: [
      { name: 'port', kind: 'port', placeholder: 'N' },
      // How the launcher starts it: see sandboxArgs.
      ...['dir', 'ffmpeg', 'ffprobe', 'idle-ms', 'task-seconds', 'memory'].map((name) =>
        text(name, '', { isHidden: true }),
      ),
      { ...onOff('allow-faults'), isHidden: true },
    ],
    load: async () => (await import('./commands/sandbox.ts')).sandbox,
  },
  {
    path: ['image-worker'],
    key: 'imageWorker',
    positionals: [],
    flags: [],
    isHidden: true,
    load: async () => (await import('./commands/imageWorker.ts')).imageWorker,
  },
  {
    path: ['smoke'],
    key: 'smoke',
    positionals: [],
    flags: [],
    isHidden: true,
    load: async () => (await import('./commands/smoke.ts')).smoke,
  },
];
