/** How the take is made: facing, quality, sound, element, prompt, preparation; price and actions at its foot. */

import { NativeSelect, SegmentedControl } from '@mantine/core';
import { shownText } from '../../../shared/words/shownText.ts';
import { useCommand } from '../../bridge/queries.ts';
import { Panel } from '../../components/Panel.tsx';
import { useDraft, useDraftDispatch } from '../../state/order/draftStore.ts';
import { useTexts } from '../../text/i18n.ts';
import { AdvancedFields } from './AdvancedFields.tsx';
import classes from './Create.module.css';
import { FacingChoice } from './FacingChoice.tsx';
import { OrderFooter } from './OrderFooter.tsx';
import { PromptField } from './PromptField.tsx';
import { RecipePresets } from './RecipePresets.tsx';
import { SoundFields } from './SoundFields.tsx';
import { UndoButtons } from './UndoButtons.tsx';

export function RecipePanel() {
  const { t } = useTexts();
  const { quality, preset } = useDraft();
  const dispatch = useDraftDispatch();
  return (
    <Panel
      title={t('create.recipe.title')}
      actions={
        <>
          <UndoButtons />
          <RecipePresets />
        </>
      }
      footer={<OrderFooter />}
    >
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
        <SoundFields />
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
          label: element.isUsable
            ? shownText(element.name)
            : t('create.recipe.elementUnusable', { name: element.name }),
          disabled: !element.isUsable,
        })),
        ...(elementId && !known ? [{ value: elementId, label: elementId }] : []),
      ]}
      onChange={(event) => dispatch({ type: 'setElement', elementId: event.currentTarget.value || null })}
    />
  );
}
