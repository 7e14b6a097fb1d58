/** An earlier order over the form: all of it, or what is ticked; what it replaces can be undone. */
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { MotionRecipe } from '../../../shared/contract/jobs.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { useAgainStore } from '../../state/order/againStore.ts';
import { draftFromRecipe } from '../../state/order/draft.ts';
import { useDraftStore } from '../../state/order/draftStore.ts';
import { differingParts, type RestorePart, restoreParts, withParts } from '../../state/order/restoreFields.ts';
import { useRestoreStore } from '../../state/order/restoreStore.ts';
import { useTexts } from '../../text/i18n.ts';

export function RestoreOrder({ recipe }: { recipe: MotionRecipe }) {
  const { t } = useTexts();
  const earlier = draftFromRecipe(recipe);
  const now = useDraftStore(({ history }) => history.present);
  const differing = differingParts(now, earlier);
  const [parts, setParts] = useState<readonly RestorePart[]>(restoreParts);
  const close = () => useRestoreStore.setState({ recipe: null });
  const take = () => {
    const draft = withParts(now, earlier, parts);
    useDraftStore.getState().dispatch({ type: 'putBack', draft });
    useAgainStore.setState({ earlier: draft });
    close();
  };
  return (
    <Dialog onClose={close} title={t('create.restore.title')}>
      <Stack gap="md">
        <Checkbox.Group
          value={[...parts]}
          onChange={(chosen) => setParts(restoreParts.filter((part) => chosen.includes(part)))}
        >
          <Stack gap="xs">
            {restoreParts.map((part) => (
              <Checkbox
                key={part}
                value={part}
                label={t(`create.restore.${part}`)}
                description={differing.includes(part) ? t('create.restore.differs') : undefined}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        {differing.length === 0 ? <Text c="dimmed">{t('create.restore.same')}</Text> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {t('app.action.cancel')}
          </Button>
          <Button data-autofocus disabled={parts.length === 0} onClick={take}>
            {t('create.restore.take')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
