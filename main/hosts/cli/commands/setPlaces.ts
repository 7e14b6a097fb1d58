/** `restage settings set library|ffmpeg|ffprobe|proxy|ca PATH`: folders, programs and the way through the network, which no page may name. `default` takes the own one back. */
import path from 'node:path';
import { RestageError } from '../../../../shared/errors.ts';
import type { Places } from '../../../profile/wire.ts';
import { cliReason } from '../cliReason.ts';
import { type CommandContext, callOrThrow, type Outcome, unwrap } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
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
  if (value !== 'on' && value !== 'off') {
    const params = { value, choices: 'on, off' };
    throw new RestageError('refused', { reasons: [cliReason('value', 'notAChoice', params)] });
  }
  const field = switches[setting];
  await callOrThrow(await context.connect(), 'settings.set', { [field]: value === 'on' });
  const text = `${t('cli.settings.set', { setting, value })}\n`;
  return { exitCode: exitCodes.done, json: { setting, value: value === 'on' }, text };
}

export async function setPlaces(context: CommandContext): Promise<Outcome> {
  const { io, t, positionals } = context;
  const [setting = '', value = ''] = positionals;
  if (isSwitch(setting)) return setSwitch(context, setting, value);
  if (!isSetting(setting)) {
    const choices = [...Object.keys(fields), ...Object.keys(switches)].join(', ');
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
