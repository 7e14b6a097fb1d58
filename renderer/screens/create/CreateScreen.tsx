/** Create: from two files to an order. Motion on the left, character and checks beside it, the recipe on the right. */
import { Suspense } from 'react';
import { useRestoreStore } from '../../state/order/restoreStore.ts';
import { useTexts } from '../../text/i18n.ts';
import { later } from '../../text/later.ts';
import { CharacterPanel } from './CharacterPanel.tsx';
import { ChecksPanel } from './ChecksPanel.tsx';
import classes from './Create.module.css';
import { MatrixVisit } from './MatrixVisit.tsx';
import { MotionPanel } from './MotionPanel.tsx';
import { RecipePanel } from './RecipePanel.tsx';

const RestoreOrder = later(() => import('./RestoreOrder.tsx').then((module) => module.RestoreOrder));

export function CreateScreen() {
  const { t } = useTexts();
  const restoring = useRestoreStore(({ recipe }) => recipe);
  return (
    <div className={classes.grid}>
      <h1 className="visually-hidden">{t('app.nav.create')}</h1>
      <MatrixVisit />
      <MotionPanel />
      <div className={classes.column}>
        <CharacterPanel />
        <ChecksPanel />
      </div>
      <RecipePanel />
      {restoring ? (
        <Suspense fallback={null}>
          <RestoreOrder recipe={restoring} />
        </Suspense>
      ) : null}
    </div>
  );
}
