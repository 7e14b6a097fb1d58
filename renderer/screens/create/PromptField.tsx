/** The prompt with its counter, and the pieces of prompts that a person keeps. */
import { Textarea } from '@mantine/core';
import { IconQuote } from '@tabler/icons-react';
import { type RefObject, useRef } from 'react';
import { textLimits } from '../../../shared/rules/limits.ts';
import { countCharacters } from '../../../shared/words/texts.ts';
import { useSettings, useSettingsMutation } from '../../bridge/queries.ts';
import { useDraft, useDraftDispatch } from '../../state/order/draftStore.ts';
import { insertSnippet, isSnippet, saveSnippet } from '../../state/order/saved.ts';
import { notifyError } from '../../state/shell/notify.tsx';
import { useTexts } from '../../text/i18n.ts';
import classes from './Create.module.css';
import { SavedPopover } from './SavedPopover.tsx';

export function PromptField() {
  const { t } = useTexts();
  const { prompt } = useDraft();
  const dispatch = useDraftDispatch();
  const field = useRef<HTMLTextAreaElement>(null);
  const length = countCharacters(prompt);
  const level = length > textLimits.promptMax ? 'bad' : length > textLimits.promptAdviceMax ? 'warn' : 'ok';
  const note = { ok: null, warn: t('create.recipe.promptLong'), bad: t('create.recipe.promptTooLong') }[level];
  return (
    <div>
      <div className={classes.promptHead}>
        <label htmlFor="prompt">{t('create.recipe.prompt')}</label>
        <Snippets field={field} />
        <span className={`${classes.promptCount} tabular`} data-level={level} aria-hidden="true">
          {t('create.recipe.promptCount', { number: length, max: textLimits.promptMax })}
        </span>
      </div>
      <Textarea
        id="prompt"
        ref={field}
        placeholder={t('create.recipe.promptHint')}
        autosize
        minRows={3}
        maxRows={10}
        value={prompt}
        error={level === 'bad' ? note : null}
        description={level === 'warn' ? note : null}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={(event) => dispatch({ type: 'patch', patch: { prompt: event.currentTarget.value }, edit: 'prompt' })}
      />
    </div>
  );
}

/** Put where the caret was, in place of what was selected. */
function Snippets({ field }: { field: RefObject<HTMLTextAreaElement | null> }) {
  const { t } = useTexts();
  const { prompt } = useDraft();
  const dispatch = useDraftDispatch();
  const saving = useSettingsMutation();
  const snippets = useSettings().data?.promptSnippets ?? [];
  const keep = (promptSnippets: string[]) =>
    saving.mutate({ promptSnippets }, { onError: (error) => notifyError(error) });
  const selection = () => ({
    start: field.current?.selectionStart ?? prompt.length,
    end: field.current?.selectionEnd ?? prompt.length,
  });
  const use = (snippet: string) => {
    const next = insertSnippet(prompt, selection(), snippet);
    dispatch({ type: 'patch', patch: { prompt: next.prompt } });
    // After the text is in the field.
    requestAnimationFrame(() => field.current?.setSelectionRange(next.caret, next.caret));
  };
  const save = () => {
    const { start, end } = selection();
    keep(saveSnippet(snippets, start === end ? prompt : prompt.slice(start, end)));
  };
  return (
    <SavedPopover
      icon={<IconQuote size={14} />}
      title={t('create.saved.snippets')}
      emptyText={t('create.saved.noSnippets')}
      items={snippets.map((text) => ({ key: text, label: text }))}
      onUse={use}
      onRemove={(text) => keep(snippets.filter((snippet) => snippet !== text))}
      saving={{ label: t('create.saved.saveSnippet'), isPossible: isSnippet(prompt) }}
      onSave={save}
    />
  );
}
