/** The chosen results on their way into the edit: a timeline of them, or of copies that are made for it first. */
import { Button, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { HandoffFormat } from '../../../../shared/contract/handoff.ts';
import { call } from '../../../bridge/bridge.ts';
import { Dialog } from '../../../components/Dialog.tsx';
import { ErrorNote } from '../../../components/ErrorNote.tsx';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import { notifyDone } from '../../../state/shell/notify.tsx';
import { useTexts } from '../../../text/i18n.ts';
import { CopiesMade } from './CopiesMade.tsx';
import { usualCopies } from './copyForm.ts';
import { ExportForm, type ExportFormState } from './ExportForm.tsx';
import { MakingCopies } from './MakingCopies.tsx';
import { saveText } from './saveText.ts';
import { useCopies } from './useCopies.ts';

interface Wanted {
  ids: string[];
  format: HandoffFormat;
  name: string;
  copiesOf?: string[];
}

/** The writers are fetched when the first timeline is written. */
async function exportTimeline({ format, ...gathered }: Wanted): Promise<string> {
  const [{ timeline }, { handoffExtensions, writeTimeline }] = await Promise.all([
    call('handoff.gather', { ...gathered, as: 'timeline' }),
    import('../../../../shared/handoff/write.ts'),
  ]);
  if (!timeline) throw new Error('no timeline was gathered');
  return saveText(writeTimeline(format, timeline), gathered.name, handoffExtensions[format]);
}

export function ExportDialog({ ids }: { ids: readonly string[] }) {
  const { t } = useTexts();
  const [form, setForm] = useState<ExportFormState>(() => ({
    ...{ format: 'fcpxml', name: t('library.export.usualName'), isOfCopies: false, copies: usualCopies },
  }));
  const copies = useCopies();
  const close = () => useLibraryStore.setState({ exportIds: null });
  const saving = useMutation({
    mutationFn: exportTimeline,
    onSuccess: (file) => {
      notifyDone((t) => t('library.export.saved', { file }));
      close();
    },
  });
  const made = copies.outcomes.flatMap((outcome) => ('copy' in outcome ? [outcome.id] : []));
  const isMade = copies.outcomes.length > 0;
  const save = () => {
    const { format, name } = form;
    const of = isMade ? { ids: made, copiesOf: copies.taskIds.slice(-mostTasks) } : { ids: [...ids] };
    saving.mutate({ ...of, format, name: name.trim() });
  };
  return (
    <Dialog
      // Work that is going on is stopped first; what is finished is shown then.
      onClose={copies.running ? copies.cancel : close}
      isFirm={copies.running !== null || isMade}
      size={form.isOfCopies ? '54rem' : 'lg'}
      title={t('library.export.title', { count: ids.length })}
    >
      <Stack gap="md">
        {copies.running ? (
          <>
            <MakingCopies running={copies.running} />
            <Group justify="flex-end">
              <Button variant="default" onClick={copies.cancel}>
                {t('library.export.copies.stop')}
              </Button>
            </Group>
          </>
        ) : isMade ? (
          <>
            <CopiesMade copies={copies} />
            {copies.error ? <ErrorNote error={copies.error} /> : null}
            {saving.isError ? <ErrorNote error={saving.error} /> : null}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={copies.forget}>
                {t('library.export.copies.back')}
              </Button>
              <Button data-autofocus loading={saving.isPending} disabled={made.length === 0} onClick={save}>
                {t('library.export.saveOf', { count: made.length })}
              </Button>
            </Group>
          </>
        ) : (
          <ExportForm
            ids={ids}
            form={form}
            change={(fields) => setForm((before) => ({ ...before, ...fields }))}
            error={copies.error ?? saving.error}
            isBusy={saving.isPending}
            onSave={save}
            onCopy={(options) => copies.make(ids, options)}
            onClose={close}
          />
        )}
      </Stack>
    </Dialog>
  );
}

/** As in the contract, whose schemas the page does not load. */
const mostTasks = 200;
