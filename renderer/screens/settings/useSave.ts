/** Saves a change of settings and says so when it cannot be kept. */
import type { CommandInput } from '../../../shared/contract/index.ts';
import { useSettingsMutation } from '../../bridge/queries.ts';
import { notifyError } from '../../state/shell/notify.tsx';

export function useSave(): (patch: CommandInput<'settings.set'>) => void {
  const mutation = useSettingsMutation();
  return (patch) => mutation.mutate(patch, { onError: (error) => notifyError(error) });
}
