/** Above Create while a column or a row of the matrix is worked on in it: what it is, and the two ways back. */
import { Button, Group, Text } from '@mantine/core';
import { useMatrixStore } from '../../state/matrix/matrixStore.ts';
import { finishVisit, leaveVisit } from '../../state/matrix/visit.ts';
import { useLimits } from '../../state/shell/limits.ts';
import { notifyError } from '../../state/shell/notify.tsx';
import { useTexts } from '../../text/i18n.ts';
import classes from './Create.module.css';

export function MatrixVisit() {
  const { t } = useTexts();
  const limits = useLimits();
  const visit = useMatrixStore((state) => state.visit);
  if (!visit) return null;
  return (
    <Group className={classes.visit} gap="sm" role="status" data-testid="matrix-visit">
      <Text size="sm">{t(`create.matrix.visit.${visit.line}`)}</Text>
      <Button size="compact-sm" onClick={() => void finishVisit(limits).catch((error: unknown) => notifyError(error))}>
        {t('create.matrix.visit.use')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={leaveVisit}>
        {t('create.matrix.visit.leave')}
      </Button>
    </Group>
  );
}
