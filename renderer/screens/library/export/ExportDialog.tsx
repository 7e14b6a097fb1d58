/** The chosen results on their way into the edit: a timeline of them, in the format of the program that is to read it. */
import { Alert, Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { HandoffFormat } from '../../../../shared/contract/handoff.ts';
import { call } from '../../../bridge/bridge.ts';
import { Dialog } from '../../../components/Dialog.tsx';
import { ErrorNote } from '../../../components/ErrorNote.tsx';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import { notifyDone } from '../../../state/shell/notify.tsx';
import { useTexts } from '../../../text/i18n.ts';
import { saveText } from './saveText.ts';

/** As in the contract, whose schemas the page does not load. */
const handoffFormats = [
  'fcpxml',
  'xmeml',
  'otio',
  'edl',
  'edl-premiere',
  'csv',
  'ale',
] as const satisfies readonly HandoffFormat[];
/** What the contract takes for one timeline. */
const mostResults = 1000;

/** The writers are fetched when the first timeline is written. */
async function exportTimeline(options: { ids: string[]; format: HandoffFormat; name: string }): Promise<string> {
  const { ids, format, name } = options;
  const [{ timeline }, { handoffExtensions, writeTimeline }] = await Promise.all([
    call('handoff.gather', { ids, as: 'timeline', name }),
    import('../../../../shared/handoff/write.ts'),
  ]);
  if (!timeline) throw new Error('no timeline was gathered');
  return saveText(writeTimeline(format, timeline), name, handoffExtensions[format]);
}

export function ExportDialog({ ids }: { ids: readonly string[] }) {
  const { t } = useTexts();
  const [format, setFormat] = useState<HandoffFormat>('fcpxml');
  const [name, setName] = useState<string>(() => t('library.export.usualName'));
  const close = () => useLibraryStore.setState({ exportIds: null });
  const saving = useMutation({
    mutationFn: exportTimeline,
    onSuccess: (file) => {
      notifyDone((t) => t('library.export.saved', { file }));
      close();
    },
  });
  const isTooMany = ids.length > mostResults;
  return (
    <Dialog onClose={close} size="lg" title={t('library.export.title', { count: ids.length })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate({ ids: [...ids], format, name: name.trim() });
        }}
      >
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t('library.export.name')}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group
            label={t('library.export.format')}
            value={format}
            onChange={(chosen) => setFormat(handoffFormats.find((known) => known === chosen) ?? 'fcpxml')}
          >
            <Stack gap={8} mt={6}>
              {handoffFormats.map((known) => (
                <Radio
                  key={known}
                  value={known}
                  label={t(`library.export.formats.${known}.name`)}
                  description={t(`library.export.formats.${known}.for`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          {isTooMany ? <Alert color="yellow">{t('library.export.tooMany', { max: mostResults })}</Alert> : null}
          {saving.isError ? <ErrorNote error={saving.error} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t('app.action.cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={isTooMany || name.trim() === ''}>
              {t('library.export.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
