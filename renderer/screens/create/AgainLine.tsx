/** While an earlier order stands in the form: which of its fields were changed since. */
import { Badge, CloseButton } from '@mantine/core';
import { changedSince, useAgainStore } from '../../state/order/againStore.ts';
import { useDraft } from '../../state/order/draftStore.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Create.module.css';

export function AgainLine() {
  const { t } = useTexts();
  const draft = useDraft();
  const earlier = useAgainStore((state) => state.earlier);
  if (!earlier) return null;
  const changed = changedSince(earlier, draft);
  return (
    <div className={classes.again} role="status" data-testid="again">
      <span>{t(changed.length === 0 ? 'create.again.same' : 'create.again.changed')}</span>
      {changed.map((field) => (
        <Badge key={field} color="yellow">
          {t(`create.again.fields.${field}`)}
        </Badge>
      ))}
      <CloseButton
        size="xs"
        ml="auto"
        aria-label={t('create.again.forget')}
        onClick={() => useAgainStore.setState({ earlier: null })}
      />
    </div>
  );
}
