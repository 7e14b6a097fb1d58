/** What the timeline is called, who reads it, and whether it names the results or copies of them. */
import { Alert, Button, Group, Radio, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import type { HandoffFormat } from '../../../../shared/contract/handoff.ts';
import { ErrorNote } from '../../../components/ErrorNote.tsx';
import { useTexts } from '../../../text/i18n.ts';
import { CopyFields } from './CopyFields.tsx';
import { type CopyForm, type CopyOptions, copyOptionsOf } from './copyForm.ts';
import classes from './Export.module.css';
import { isHopeless, SpaceLine, useCopyPlan } from './SpaceLine.tsx';

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

export interface ExportFormState {
  format: HandoffFormat;
  name: string;
  isOfCopies: boolean;
  copies: CopyForm;
}

interface ExportFormProps {
  ids: readonly string[];
  form: ExportFormState;
  change: (fields: Partial<ExportFormState>) => void;
  error: unknown;
  isBusy: boolean;
  onSave: () => void;
  onCopy: (options: CopyOptions) => void;
  onClose: () => void;
}

export function ExportForm({ ids, form, change, error, isBusy, onSave, onCopy, onClose }: ExportFormProps) {
  const { t } = useTexts();
  const { isOfCopies, copies } = form;
  const isTooMany = ids.length > mostResults;
  const options = copyOptionsOf(copies);
  const { plan, error: planError } = useCopyPlan(ids, isOfCopies && !isTooMany ? options : null);
  const isReady = !isTooMany && form.name.trim() !== '' && (!isOfCopies || (plan !== null && !isHopeless(plan)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady) return;
        if (isOfCopies) onCopy(options);
        else onSave();
      }}
    >
      <Stack gap="md">
        <SegmentedControl
          fullWidth
          aria-label={t('library.export.of')}
          value={isOfCopies ? 'copies' : 'results'}
          onChange={(value) => change({ isOfCopies: value === 'copies' })}
          data={[
            { value: 'results', label: t('library.export.ofResults') },
            { value: 'copies', label: t('library.export.ofCopies') },
          ]}
        />
        <div className={isOfCopies ? classes.columns : undefined}>
          <TimelineFields form={form} change={change} />
          {isOfCopies ? (
            <Stack gap="sm">
              <Text size="xs" c="dimmed">
                {t('library.export.copies.hint')}
              </Text>
              <CopyFields form={copies} change={(fields) => change({ copies: { ...copies, ...fields } })} />
            </Stack>
          ) : null}
        </div>
        {isOfCopies && !isTooMany ? <SpaceLine plan={plan} error={planError} /> : null}
        {isTooMany ? <Alert color="yellow">{t('library.export.tooMany', { max: mostResults })}</Alert> : null}
        {error ? <ErrorNote error={error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('app.action.cancel')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isReady}>
            {isOfCopies ? t('library.export.copies.make', { count: ids.length }) : t('library.export.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function TimelineFields({ form, change }: Pick<ExportFormProps, 'form' | 'change'>) {
  const { t } = useTexts();
  return (
    <Stack gap="md">
      <TextInput
        data-autofocus
        label={t('library.export.name')}
        value={form.name}
        maxLength={200}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Radio.Group
        label={t('library.export.format')}
        value={form.format}
        onChange={(chosen) => change({ format: handoffFormats.find((known) => known === chosen) ?? 'fcpxml' })}
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
    </Stack>
  );
}
