/** What few orders need: project, callback, watermark. */
import { Anchor, Collapse, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSettings } from '../../bridge/queries.ts';
import { useDraft, useDraftDispatch } from '../../state/order/draftStore.ts';
import { explainReason, sentenceOf } from '../../text/explain.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Create.module.css';
import { useOrderCheck } from './useOrderCheck.ts';

const projectRequired = { field: 'project', rule: 'project.required' } as const;

export function AdvancedFields() {
  const texts = useTexts();
  const { t } = texts;
  const { project, callbackUrl, watermark } = useDraft();
  const dispatch = useDraftDispatch();
  const { check } = useOrderCheck();
  const refusal = check?.verdicts.find((verdict) => verdict.field === 'callbackUrl' && verdict.state === 'blocked');
  const lacksProject = useSettings().data?.needsProject === true && project.trim() === '';
  const [isOpened, setIsOpen] = useState(project !== '' || callbackUrl !== '');
  // What stands in the way of ordering is not folded away.
  const isOpen = isOpened || lacksProject;
  return (
    <div>
      <Anchor component="button" type="button" size="xs" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {t('create.recipe.advanced')}
      </Anchor>
      <Collapse expanded={isOpen}>
        <div className={classes.recipe} style={{ paddingTop: 10 }}>
          <TextInput
            label={t('create.recipe.project')}
            description={t('create.recipe.projectHint')}
            error={lacksProject ? sentenceOf(explainReason(texts, projectRequired)) : null}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={project}
            onChange={(event) =>
              dispatch({ type: 'patch', patch: { project: event.currentTarget.value }, edit: 'project' })
            }
          />
          <TextInput
            label={t('create.recipe.callbackUrl')}
            description={t('create.recipe.callbackHint')}
            placeholder="https://"
            value={callbackUrl}
            error={refusal ? sentenceOf(explainReason(texts, refusal)) : null}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            onChange={(event) =>
              dispatch({ type: 'patch', patch: { callbackUrl: event.currentTarget.value }, edit: 'callbackUrl' })
            }
          />
          <Switch
            label={t('create.recipe.watermark')}
            checked={watermark}
            onChange={(event) => dispatch({ type: 'patch', patch: { watermark: event.currentTarget.checked } })}
          />
        </div>
      </Collapse>
    </div>
  );
}
