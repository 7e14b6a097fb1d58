/** The keys of the interface's scale: on every screen, over every dialog, and before there is a screen. */
import { useQueryClient } from '@tanstack/react-query';
import type { Settings } from '../../shared/contract/app.ts';
import { type InterfaceScale, nextScale, usualScale } from '../../shared/rules/interfaceScale.ts';
import { useSettingsMutation } from '../bridge/queries.ts';
import { useCommandKeys } from '../keys/useKeys.ts';
import { notifyError } from '../state/shell/notify.tsx';

export function useScaleKeys(): void {
  const client = useQueryClient();
  const saving = useSettingsMutation();
  const change = (to: (from: InterfaceScale) => InterfaceScale) => () => {
    const from = client.getQueryData<Settings>(['settings.get', {}])?.interfaceScalePercent;
    const next = from === undefined ? undefined : to(from);
    if (next !== undefined && next !== from)
      saving.mutate({ interfaceScalePercent: next }, { onError: (error) => notifyError(error) });
  };
  useCommandKeys({
    scaleUp: change((from) => nextScale(from, 1)),
    scaleDown: change((from) => nextScale(from, -1)),
    scaleReset: change(() => usualScale),
  });
}
