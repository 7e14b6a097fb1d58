/** `restage settings set library|ffmpeg|ffprobe|proxy|ca PATH`: folders, programs and the way through the network, which no page may name. `default` takes the own one back. */
import path from 'node:path';
import { RestageError } from '../../../../shared/errors.ts';
import type { Places } from '../../../profile/wire.ts';
import { cliReason } from '../cliReason.ts';
import { type CommandContext, type Outcome, unwrap } from '../context.ts';
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

const isSetting = (word: string): word is Setting => Object.hasOwn(fields, word);

export async function setPlaces(context: CommandContext): Promise<Outcome> {
  const { io, t, positionals } = context;
  const [setting = '', value = ''] = positionals;
  if (!isSetting(setting)) {
    const params = { value: setting, choices: Object.keys(fields).join(', ') };
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
