/** Reads the library folder anew and says what came of it. */
import { useCommandMutation } from '../../bridge/queries.ts';
import { notifyDone, notifyError } from '../../state/shell/notify.tsx';

export function useLookAgain(): { look: () => void; isLooking: boolean } {
  const rebuild = useCommandMutation('library.rebuild');
  const look = () =>
    rebuild.mutate(
      {},
      {
        onSuccess: ({ present, moved, missing }) =>
          notifyDone((t) =>
            moved + missing > 0
              ? t('library.lookedAgain', { present, moved, missing, context: 'changed' })
              : t('library.lookedAgain', { count: present }),
          ),
        onError: (error) => notifyError(error),
      },
    );
  return { look, isLooking: rebuild.isPending };
}
