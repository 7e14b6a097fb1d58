/** The template by which results are named: typed or put together from its tokens, with the name it would make. */
import { Anchor, Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import type { Settings } from '../../../shared/contract/app.ts';
import type { Reason } from '../../../shared/errors.ts';
import {
  defaultNamingTemplate,
  findNamingTrouble,
  type NamedResult,
  type NamingTrouble,
  namingTokens,
  resultName,
} from '../../../shared/words/resultName.ts';
import { useSettingsMutation } from '../../bridge/queries.ts';
import { notifyDone, notifyError } from '../../state/shell/notify.tsx';
import { explainReason, sentenceOf } from '../../text/explain.ts';
import { useTexts } from '../../text/i18n.ts';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';

const sample: Omit<NamedResult, 'at'> = {
  videoName: 'dance 03.mov',
  imageName: 'wanderer.png',
  project: 'Night Train',
  inTimecode: '00:00:04:12',
  quality: '1080p',
  take: 1,
};

export function NamingSection({ settings }: { settings: Settings }) {
  const { t } = useTexts();
  return (
    <Section title={t('settings.naming.title')}>
      <TemplateForm key={settings.namingTemplate} stored={settings.namingTemplate} />
    </Section>
  );
}

function reasonOf({ rule, ...params }: NamingTrouble, template: string): Reason {
  return { field: 'namingTemplate', rule, params: { template, ...params } };
}

function TemplateForm({ stored }: { stored: string }) {
  const texts = useTexts();
  const { t } = texts;
  const saving = useSettingsMutation();
  const [template, setTemplate] = useState(stored);
  const field = useRef<HTMLInputElement>(null);
  const trouble = findNamingTrouble(template);
  const note = trouble ? sentenceOf(explainReason(texts, reasonOf(trouble, template))) : null;

  const insert = (token: string) => {
    const start = field.current?.selectionStart ?? template.length;
    const end = field.current?.selectionEnd ?? template.length;
    setTemplate(template.slice(0, start) + token + template.slice(end));
    // After the text is in the field: the next token goes behind this one.
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(start + token.length, start + token.length);
    });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (trouble || template === stored) return;
    try {
      // Awaited here: what is saved makes another form, and this one's own callbacks would not be called.
      await saving.mutateAsync({ namingTemplate: template });
      notifyDone((t) => t('settings.naming.saved'));
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <form className={classes.stack} onSubmit={(event) => void submit(event)}>
      <TextInput
        ref={field}
        label={t('settings.naming.template')}
        description={t('settings.naming.about')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={template}
        error={note}
        spellCheck={false}
        onChange={(event) => setTemplate(event.currentTarget.value)}
      />
      <Tokens onInsert={insert} />
      {trouble ? null : (
        <output className={classes.example} data-testid="naming-example">
          {t('settings.naming.example', { name: resultName(template, { ...sample, at: new Date() }) })}
        </output>
      )}
      <Group gap="sm">
        <Button
          type="submit"
          variant="default"
          loading={saving.isPending}
          disabled={trouble !== null || template === stored}
        >
          {t('settings.naming.save')}
        </Button>
        {template === defaultNamingTemplate ? null : (
          <Anchor component="button" type="button" size="xs" onClick={() => setTemplate(defaultNamingTemplate)}>
            {t('settings.naming.reset')}
          </Anchor>
        )}
      </Group>
    </form>
  );
}

/** Named in the person's language; what stands in the template is the same in all of them. */
function Tokens({ onInsert }: { onInsert: (token: string) => void }) {
  const { t } = useTexts();
  return (
    <fieldset className={classes.tokens} aria-label={t('settings.naming.insert')}>
      {namingTokens.map((token) => (
        <Button
          key={token}
          size="compact-xs"
          variant="default"
          radius="xl"
          title={`{${token}}`}
          onClick={() => onInsert(`{${token}}`)}
        >
          {t(`settings.naming.token.${token}`)}
        </Button>
      ))}
    </fieldset>
  );
}
