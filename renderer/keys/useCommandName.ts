/** What a command is called, wherever it is listed. */

import { type Screen, screens } from '../state/shell/route.ts';
import { useTexts } from '../text/i18n.ts';
import type { CommandId } from './commands.ts';

/** The command that goes to a screen. */
export const screenCommands = {
  create: 'goCreate',
  matrix: 'goMatrix',
  prepared: 'goPrepared',
  queue: 'goQueue',
  library: 'goLibrary',
  elements: 'goElements',
  spend: 'goSpend',
  settings: 'goSettings',
} as const satisfies Readonly<Record<Screen, CommandId>>;

export function useCommandName(): (id: CommandId) => string {
  const { t, find } = useTexts();
  return (id) => {
    const screen = screens.find((name) => screenCommands[name] === id);
    if (screen) return t('app.palette.goTo', { screen: t(`app.nav.${screen}`) });
    const stars = /^rate(\d)$/.exec(id)?.[1];
    if (stars) return t('keys.rate', { number: stars });
    return find(`keys.command.${id}`) ?? id;
  };
}
