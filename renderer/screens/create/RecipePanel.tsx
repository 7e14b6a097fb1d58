/** How the take is made: facing, quality, sound, element, prompt, preparation; price and actions at its foot. */
import { NativeSelect, SegmentedControl, Switch, Textarea } from '@mantine/core';
import { countCharacters, textLimits } from '../../../shared/limits.ts';
import { useCommand } from '../../bridge/queries.ts';
import { Panel } from '../../components/Panel.tsx';
import { useTexts } from '../../i18n.ts';
import { useDraft, useDraftDispatch } from '../../state/draftStore.ts';
import { AdvancedFields } from './AdvancedFields.tsx';
import classes from './Create.module.css';
import { FacingChoice } from './FacingChoice.tsx';
import { OrderFooter } from './OrderFooter.tsx';
import { useClip } from './useClip.ts';

export function RecipePanel() {
  const { t } = useTexts();
  const { quality, keepSound, preset } = useDraft();
  const dispatch = useDraftDispatch();
  const clip = useClip();
  const hasNoSound = clip !== null && clip.facts.audio.length === 0;
  return (
    <Panel title={t('create.recipe.title')} footer={<OrderFooter />}>
      <div className={classes.recipe}>
        <FacingChoice />
        <div>
          <div className={classes.legend}>{t('create.recipe.quality')}</div>
          <SegmentedControl
            fullWidth
            aria-label={t('create.recipe.quality')}
            data={['720p', '1080p']}
            value={quality}
            onChange={(value) => dispatch({ type: 'patch', patch: { quality: value === '1080p' ? '1080p' : '720p' } })}
          />
        </div>
        <Switch
          label={t('create.recipe.keepSound')}
          description={hasNoSound ? t('create.recipe.noSoundInClip') : null}
          checked={keepSound && !hasNoSound}
          disabled={hasNoSound}
          onChange={(event) => dispatch({ type: 'patch', patch: { keepSound: event.currentTarget.checked } })}
        />
        <PromptField />
        <ElementField />
        <NativeSelect
          label={t('create.recipe.preset')}
          value={preset}
          data={[
            { value: 'fast', label: t('create.recipe.presetFast') },
            { value: 'best', label: t('create.recipe.presetBest') },
            { value: 'keep', label: t('create.recipe.presetKeep') },
          ]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            dispatch({ type: 'patch', patch: { preset: value === 'best' || value === 'keep' ? value : 'fast' } });
          }}
        />
        <AdvancedFields />
      </div>
    </Panel>
  );
}

function PromptField() {
  const { t } = useTexts();
  const { prompt } = useDraft();
  const dispatch = useDraftDispatch();
  const length = countCharacters(prompt);
  const level = length > textLimits.promptMax ? 'bad' : length > textLimits.promptAdviceMax ? 'warn' : 'ok';
  const note = { ok: null, warn: t('create.recipe.promptLong'), bad: t('create.recipe.promptTooLong') }[level];
  return (
    <Textarea
      label={
        <>
          {t('create.recipe.prompt')}
          <span className={`${classes.promptCount} tabular`} data-level={level} aria-hidden="true">
            {t('create.recipe.promptCount', { number: length, max: textLimits.promptMax })}
          </span>
        </>
      }
      aria-label={t('create.recipe.prompt')}
      labelProps={{ style: { width: '100%' } }}
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
  );
}

function ElementField() {
  const { t } = useTexts();
  const { elementId } = useDraft();
  const dispatch = useDraftDispatch();
  const elements = useCommand('elements.list', {}).data ?? [];
  const known = elements.some((element) => element.elementId === elementId);
  return (
    <NativeSelect
      label={t('create.recipe.element')}
      description={elementId ? t('create.recipe.elementHint') : null}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={elementId ?? ''}
      data={[
        { value: '', label: t('create.recipe.elementNone') },
        ...elements.map((element) => ({
          value: element.elementId,
          label: element.isUsable ? element.name : t('create.recipe.elementUnusable', { name: element.name }),
          disabled: !element.isUsable,
        })),
        ...(elementId && !known ? [{ value: elementId, label: elementId }] : []),
      ]}
      onChange={(event) => dispatch({ type: 'setElement', elementId: event.currentTarget.value || null })}
    />
  );
}
