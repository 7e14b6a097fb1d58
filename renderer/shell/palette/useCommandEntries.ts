/** Every command of the key map with its key, whether it can be run here or elsewhere, and the choices of look and language. */
import { useMemo } from 'react';
import { interfaceScales } from '../../../shared/rules/interfaceScale.ts';
import { useSettingsMutation } from '../../bridge/queries.ts';
import { formatShare } from '../../format/units.ts';
import { type CommandId, type CommandPlace, commandIds, commandOf } from '../../keys/commands.ts';
import { liveCommand } from '../../keys/liveCommands.ts';
import { screenCommands, useCommandName } from '../../keys/useCommandName.ts';
import { notifyError } from '../../state/shell/notify.tsx';
import { goTo } from '../../state/shell/route.ts';
import { useTexts } from '../../text/i18n.ts';
import { languageNames, languageSetting } from '../../text/languageNames.ts';
import type { PaletteEntry } from './entries.ts';
import { recentRanks } from './recentCommands.ts';

/** Screens first, then what can be run here, then look and language, then what belongs elsewhere. */
const ranks = { recent: 1000, screen: 300, here: 200, look: 100, elsewhere: 0 } as const;

/** It is open already. */
const leftOut: readonly CommandId[] = ['palette'];
const toScreens = new Set<CommandId>(Object.values(screenCommands));

const screenOf = (place: CommandPlace) => (place === 'app' ? 'create' : place);

export function useCommandEntries(): PaletteEntry[] {
  const { t, language } = useTexts();
  const nameOf = useCommandName();
  const saving = useSettingsMutation();
  // Once per opening: what can be run does not change under an open palette, and its names stay where they are.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(() => {
    const recent = recentRanks();
    const save = (patch: Parameters<typeof saving.mutate>[0]) =>
      saving.mutate(patch, { onError: (error) => notifyError(error) });
    const withRank = (entry: Omit<PaletteEntry, 'rank' | 'kind'>, usual: number): PaletteEntry => {
      const place = recent(entry.id);
      return { ...entry, kind: 'command', rank: place === 0 ? usual : ranks.recent + place };
    };
    const commands = commandIds
      .filter((id) => !leftOut.includes(id))
      .map((id, index) => {
        const handler = liveCommand(id);
        const screen = screenOf(commandOf(id).place);
        const usual = handler ? (toScreens.has(id) ? ranks.screen : ranks.here) : ranks.elsewhere;
        const entry = { id, label: nameOf(id), command: id };
        return withRank(
          handler
            ? { ...entry, run: () => void handler() }
            : {
                ...entry,
                ...{ isElsewhere: true, detail: t('app.palette.elsewhere', { screen: t(`app.nav.${screen}`) }) },
                run: () => goTo(screen),
              },
          usual - index / 1000,
        );
      });
    const look = [
      ...(['dark', 'light', 'system'] as const).map((theme) => ({
        id: theme,
        label: t('app.palette.theme', { theme: t(`settings.look.${theme}`) }),
        run: () => save({ theme }),
      })),
      ...Object.entries(languageNames).map(([value, name]) => ({
        id: value,
        label: t('app.palette.language', { language: name }),
        run: () => save({ language: languageSetting(value) }),
      })),
      ...interfaceScales.map((percent) => ({
        id: `scale-${percent}`,
        label: t('app.palette.scale', { percent: formatShare(percent / 100, language) }),
        run: () => save({ interfaceScalePercent: percent }),
      })),
    ];
    return [...commands, ...look.map((entry, index) => withRank(entry, ranks.look - index / 1000))];
  }, []);
}
