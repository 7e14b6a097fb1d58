/** The form for a new element. */
import { Button, Group, Loader, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { mediaUrl } from '../../../shared/media/mediaUrl.ts';
import { creditsToString } from '../../../shared/money/pricing.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { textLimits } from '../../../shared/rules/limits.ts';
import { shownText } from '../../../shared/words/shownText.ts';
import { countCharacters } from '../../../shared/words/texts.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { FilePicker } from '../../components/FilePicker.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PayButton } from '../../components/PayButton.tsx';
import { formatCredits, formatDollars } from '../../format/units.ts';
import { sortVerdicts } from '../../state/order/checkOrder.ts';
import { useAccount } from '../../state/shell/account.ts';
import { useLimits } from '../../state/shell/limits.ts';
import { usePrices } from '../../state/shell/prices.ts';
import { explainReason, sentenceOf } from '../../text/explain.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Elements.module.css';
import { useElementForm } from './useElementForm.ts';

export function ElementForm() {
  const { t, language } = useTexts();
  const form = useElementForm();
  const price = creditsToString(usePrices().element);
  const credits = formatCredits(price, language);
  const money = creditsOf(useAccount().status?.isSandbox);
  return (
    <Panel
      title={t('elements.create')}
      footer={
        <Stack gap="xs">
          <Text c="dimmed" size="xs">
            {t('elements.price', { credits, ...money })}
          </Text>
          <Button size="sm" disabled={!form.isReady} loading={form.phase === 'ordering'} onClick={form.submit}>
            {t('elements.submit')}
          </Button>
        </Stack>
      }
    >
      <div className={classes.form}>
        <ClipField form={form} />
        <CountedField
          label={t('elements.name')}
          max={textLimits.elementNameMax}
          value={form.name}
          onChange={form.setName}
        />
        <CountedField
          label={t('elements.description')}
          max={textLimits.elementDescriptionMax}
          value={form.description}
          onChange={form.setDescription}
          isLong
        />
      </div>
      {form.phase === 'asking' ? (
        <Dialog onClose={form.decline} title={t('elements.confirmTitle')} isFirm>
          <Text>{t('elements.confirmText', { credits, dollars: formatDollars(price, language) })}</Text>
          <Group justify="flex-end" gap="xs" mt="md">
            <Button variant="default" onClick={form.decline}>
              {t('app.action.cancel')}
            </Button>
            <PayButton onPay={form.confirm}>{t('elements.submit')}</PayButton>
          </Group>
        </Dialog>
      ) : null}
    </Panel>
  );
}

function ClipField({ form }: { form: ReturnType<typeof useElementForm> }) {
  const texts = useTexts();
  const { t } = texts;
  const { maxSeconds } = useLimits().clips.element;
  const { clip, check, trim } = form;
  const problems = sortVerdicts(check.data?.verdicts ?? []).filter((verdict) => verdict.state === 'blocked');
  return (
    <div>
      <Text size="xs" fw={500} mb={4}>
        {t('elements.clip')}
      </Text>
      <FilePicker
        slot="video"
        id="element"
        className={classes.clip}
        inputLabel={t('elements.clipInput')}
        onFiles={(files) => void form.choose(files)}
      >
        {(choose) => (
          <>
            {clip ? <img src={mediaUrl('poster', clip.id)} alt={shownText(clip.name)} /> : null}
            <button type="button" className={classes.pick} onClick={choose}>
              {form.isReading ? <Loader size="xs" mx="auto" /> : null}
              <span>{clip ? shownText(clip.name) : t('elements.clipDrop')}</span>
              <span className={classes.dim}>{t('elements.clipHint')}</span>
            </button>
          </>
        )}
      </FilePicker>
      {clip && trim ? (
        <Text size="xs" c="dimmed" mt={4}>
          {t('elements.clipRange', { seconds: maxSeconds })}
        </Text>
      ) : null}
      {problems.map((verdict) => {
        const reason = explainReason(texts, verdict);
        return (
          <Text key={verdict.rule} size="xs" c="var(--r-bad)" mt={4} role="alert">
            {reason.title}: {sentenceOf(reason)}
          </Text>
        );
      })}
    </div>
  );
}

interface CountedFieldProps {
  label: string;
  max: number;
  value: string;
  onChange: (value: string) => void;
  isLong?: boolean;
}

function CountedField({ label, max, value, onChange, isLong = false }: CountedFieldProps) {
  const { t } = useTexts();
  const length = countCharacters(value);
  const shared = {
    label: (
      <>
        {label}
        <span className={`${classes.count} tabular`} aria-hidden="true">
          {t('elements.count', { number: length, max })}
        </span>
      </>
    ),
    'aria-label': label,
    labelProps: { style: { width: '100%' } },
    error: length > max,
    value,
  };
  return isLong ? (
    <Textarea {...shared} autosize minRows={2} onChange={(event) => onChange(event.currentTarget.value)} />
  ) : (
    <TextInput {...shared} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}
