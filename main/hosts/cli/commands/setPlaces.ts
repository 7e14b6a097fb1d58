/** `restage settings set library|ffmpeg|ffprobe|proxy|ca PATH`: folders, programs and the way through the network, which no page may name. `default` takes the own one back. */
import path from 'node:path';
import { RestageError } from '../../../../shared/errors.ts';
import type { Places } from '../../../profile/wire.ts';
import { cliReason } from '../cliReason.ts';
import { type CommandContext, callOrThrow, type Outcome, unwrap } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { sizeText } from '../factsText.ts';
import { printable } from '../table.ts';

const fields = {
  library: 'libraryDir',
  ffmpeg: 'ffmpegPath',
  ffprobe: 'ffprobePath',
  proxy: 'proxyUrl',
  ca: 'caFile',
} as const;
type Setting = keyof typeof fields;
/** On or off. */
const switches = { 'needs-project': 'needsProject', 'project-folders': 'hasProjectFolders' } as const;
type SwitchName = keyof typeof switches;

const isSetting = (word: string): word is Setting => Object.hasOwn(fields, word);

const isSwitch = (word: string): word is SwitchName => Object.hasOwn(switches, word);

async function setSwitch({ t, ...context }: CommandContext, setting: SwitchName, value: string): Promise<Outcome> {
  const isOn = switchValue(value);
  await callOrThrow(await context.connect(), 'settings.set', { [switches[setting]]: isOn });
  const text = `${t('cli.settings.set', { setting, value })}\n`;
  return { exitCode: exitCodes.done, json: { setting, value: isOn }, text };
}

/** Of the library that is in use; with how much room its originals take. */
async function setOriginals(context: CommandContext, value: string): Promise<Outcome> {
  const { t, locale } = context;
  const isKept = switchValue(value);
  const state = await callOrThrow(await context.connect(), 'library.keepOriginals', { isKept });
  const { folder, count, sizeBytes } = state;
  const lines = [
    t('cli.settings.set', { setting: 'originals', value }),
    t('cli.settings.originals', { count, size: sizeText(sizeBytes, locale), folder: printable(folder) }),
  ];
  const json = { setting: 'originals', value: isKept, originals: { folder, count, sizeBytes } };
  return { exitCode: exitCodes.done, json, text: `${lines.join('\n')}\n` };
}

function switchValue(value: string): boolean {
  if (value === 'on' || value === 'off') return value === 'on';
  const params = { value, choices: 'on, off' };
  throw new RestageError('refused', { reasons: [cliReason('value', 'notAChoice', params)] });
}

export async function setPlaces(context: CommandContext): Promise<Outcome> {
  const { io, t, positionals } = context;
  const [setting = '', value = ''] = positionals;
  if (isSwitch(setting)) return setSwitch(context, setting, value);
  if (setting === 'originals') return setOriginals(context, value);
  if (!isSetting(setting)) {
    const choices = [...Object.keys(fields), ...Object.keys(switches), 'originals'].join(', ');
    const params = { value: setting, choices };
    throw new RestageError('refused', { reasons: [cliReason('setting', 'notAChoice', params)] });
  }
  if (value.includes('\0')) {
    const params = { value: value.replaceAll('\0', '\\0') };
    throw new RestageError('refused', { reasons: [cliReason('value', 'controlCharacter', params)] });
  }
  const place = value === 'default' ? '' : setting === 'proxy' ? value : path.resolve(io.cwd, value);
  const places: Places = { [fields[setting]]: place };
  const settings = unwrap(await (await context.connect()).setPlaces(places));
  const stored = settings[fields[setting]];
  const text =
    stored === '' ? t('cli.settings.default', { setting }) : t('cli.settings.set', { setting, value: stored });
  return { exitCode: exitCodes.done, json: { setting, value: stored }, text: `${printable(text)}\n` };
}
