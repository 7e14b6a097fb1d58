/** Errors in words: the JSON document of a refusal, and the lines a person reads. The same texts that the page shows. */
import type { ErrorData, Reason } from '../../../shared/errors.ts';
import type { Translate } from '../../../shared/i18n/index.ts';
import { cliRuleOf } from './cliReason.ts';
import { marks, type Style } from './style.ts';
import { printable } from './table.ts';

export interface RefusalReason {
  /** The flag's name, without dashes. */
  field: string;
  value: string;
  rule: string;
  fix: string;
}

export interface RefusalDocument {
  error: { code: string; message: string; reasons: RefusalReason[]; detail?: string; requestId?: string };
}

/** The contract's field names as flags; all others are spelled the same. */
const flagOfField: Readonly<Record<string, string>> = {
  elementClip: 'element-clip',
  elementId: 'element',
  callbackUrl: 'callback-url',
  keepSound: 'no-sound',
  soundTrack: 'sound-track',
  imageEdit: 'image-crop',
  apiKey: 'provider',
  trim: 'from',
  ids: 'results',
};

export function refusalDocument(error: ErrorData, t: Translate): RefusalDocument {
  return {
    error: {
      code: error.code,
      message: errorMessage(error, t),
      reasons: error.reasons.map((reason) => reasonTexts(reason, t)),
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
    },
  };
}

export function reasonTexts(reason: Reason, t: Translate): RefusalReason {
  const own = cliRuleOf(reason);
  const part = (name: 'value' | 'rule' | 'fix') => {
    const key = own === null ? `rules.${reason.rule}.${name}` : `cli.refusals.${own}.${name}`;
    const text = t(key, reason.params ?? {});
    return text === key ? '' : text;
  };
  const found = part('value') || Object.values(reason.params ?? {}).join(' ');
  // Which of several inputs is meant: the path as it was typed.
  const given = reason.params?.given;
  return {
    field: flagOfField[reason.field] ?? reason.field,
    value: given === undefined || found.includes(String(given)) ? found : `${given}: ${found}`,
    rule: part('rule') || reason.rule,
    fix: part('fix'),
  };
}

export function errorMessage(error: ErrorData, t: Translate): string {
  return t(`errors.${error.code}.title`);
}

/** Codes whose detail helps a person more than it confuses: what a tool or a server said. */
const detailed: readonly ErrorData['code'][] = ['toolFailed', 'server', 'storage', 'internal', 'network'];

export function refusalText(error: ErrorData, t: Translate, style: Style): string {
  const lines = [style.bad(errorMessage(error, t))];
  for (const reason of error.reasons) lines.push('', ...reasonLines(reasonTexts(reason, t), style));
  if (error.reasons.length === 0) lines.push(`  ${t(`errors.${error.code}.advice`)}`);
  const isDetailShown = error.detail !== undefined && (detailed.includes(error.code) || error.reasons.length === 0);
  if (isDetailShown) lines.push('', style.dim(`  ${printable(error.detail ?? '')}`));
  return `${lines.join('\n')}\n`;
}

/** Positional words, the line as a whole and variables of the environment are named as they are; everything else is a flag. */
const notFlags: readonly string[] = [
  ...['command', 'arguments', 'id', 'text', 'asset', 'prepared', 'job', 'limits'],
  'results',
  ...['setting', 'value', 'libraryDir', 'ffmpeg', 'ffprobe'],
];

export function reasonLines(reason: RefusalReason, style: Style): string[] {
  const isVariable = /^[A-Z][A-Z0-9_]+$/.test(reason.field);
  const name = isVariable || notFlags.includes(reason.field) ? reason.field : `--${reason.field}`;
  const lines = [`  ${style.bad(marks.bad)} ${style.bold(name)}  ${printable(reason.value)}`, `    ${reason.rule}`];
  if (reason.fix) lines.push(`    ${style.accent(marks.change)} ${reason.fix}`);
  return lines;
}
