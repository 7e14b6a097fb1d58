/** What a command and its flags are, as data: the parser, the help and the commands themselves read it. */

export type FlagKind =
  | 'text'
  | 'path'
  | 'time'
  | 'crop'
  | 'pad'
  | 'background'
  | 'choice'
  | 'number'
  | 'port'
  | 'switch';

export interface FlagSpec {
  /** Without dashes; its help is `cli.flags.<name in camelCase>` unless `help` names another text. */
  name: string;
  kind: FlagKind;
  placeholder?: string;
  choices?: readonly string[];
  isRepeatable?: boolean;
  isRequired?: boolean;
  mayBeEmpty?: boolean;
  /** Its text may hold line breaks and tabs. */
  isMultiline?: boolean;
  help?: string;
  isHidden?: boolean;
}

export interface CommandSpec {
  path: readonly string[];
  /** i18n: `cli.commands.<key>`. */
  key: string;
  positionals: readonly string[];
  /** More words than `positionals` belong to the last one. */
  isOpenEnded?: boolean;
  flags: readonly FlagSpec[];
  /** At least one of these flags. */
  needsOneOf?: readonly string[];
  /** For the program itself and its developers: works, but stands in no help. */
  isHidden?: boolean;
}
