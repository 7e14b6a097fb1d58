/** Help as the table of commands tells it: all commands on one screen, or one command with its flags. */
import type { Translate } from '../../../shared/i18n/index.ts';
import type { CommandSpec, FlagSpec } from './commandSpec.ts';
import { commandTable, commonFlags } from './commandTable.ts';
import type { Style } from './style.ts';
import { displayWidth } from './table.ts';

interface Words {
  t: Translate;
  style: Style;
}

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

export function generalHelp({ t, style }: Words): string {
  const rows = commandTable
    .filter((command) => !command.isHidden)
    .map((command): [string, string] => [signature(command), t(`cli.commands.${command.key}.summary`)]);
  return [
    t('cli.help.tagline'),
    '',
    `${style.bold(t('cli.help.usage'))}  restage ${t('cli.help.commandPlaceholder')}`,
    '',
    ...twoColumns(rows, style),
    '',
    style.bold(t('cli.help.everywhere')),
    ...twoColumns(
      commonFlags.map((flag) => flagRow(flag, t)),
      style,
    ),
    '',
    style.bold(t('cli.help.exitCodes')),
    `  ${t('cli.help.exitCodesText')}`,
    '',
    style.dim(t('cli.help.more')),
    '',
  ].join('\n');
}

export function commandHelp(command: CommandSpec, { t, style }: Words): string {
  const flags = command.flags.filter((flag) => !flag.isHidden);
  const required = flags.filter((flag) => flag.isRequired).map((flag) => ` ${flagUsage(flag)}`);
  const hasOptional = flags.some((flag) => !flag.isRequired);
  const lines = [
    t(`cli.commands.${command.key}.summary`),
    '',
    `${style.bold(t('cli.help.usage'))}  restage ${signature(command)}${required.join('')}${hasOptional ? ` ${t('cli.help.flagsPlaceholder')}` : ''}`,
  ];
  const detailKey = `cli.commands.${command.key}.detail`;
  const detail = t(detailKey);
  if (detail !== detailKey) lines.push('', ...detail.split('\n').map((line) => `  ${line}`));
  if (flags.length > 0) {
    lines.push(
      '',
      style.bold(t('cli.help.flags')),
      ...twoColumns(
        flags.map((flag) => flagRow(flag, t)),
        style,
      ),
    );
  }
  lines.push(
    '',
    style.bold(t('cli.help.everywhere')),
    ...twoColumns(
      commonFlags.map((flag) => flagRow(flag, t)),
      style,
    ),
  );
  return `${lines.join('\n')}\n`;
}

function signature(command: CommandSpec): string {
  return [...command.path, ...command.positionals.map((name) => name.toUpperCase())].join(' ');
}

function flagUsage(flag: FlagSpec): string {
  const value = flag.placeholder === undefined ? '' : ` ${flag.placeholder}`;
  return `--${flag.name}${value}${flag.isRepeatable ? ' …' : ''}`;
}

function flagRow(flag: FlagSpec, t: Translate): [string, string] {
  return [flagUsage(flag), t(`cli.flags.${flag.help ?? camel(flag.name)}`)];
}

function twoColumns(rows: readonly [string, string][], style: Style): string[] {
  const width = Math.max(...rows.map(([name]) => displayWidth(name)));
  return rows.map(([name, text]) => `  ${style.accent(name)}${' '.repeat(width - displayWidth(name))}  ${text}`);
}
