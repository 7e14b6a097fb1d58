/** Create: from two files to an order. Motion on the left, character and checks beside it, the recipe on the right. */
import { Suspense } from 'react';
import { PanelEdge } from '../../components/PanelEdge.tsx';
import { useRestoreStore } from '../../state/order/restoreStore.ts';
import { usePanelStyle } from '../../state/shell/panelWidths.ts';
import { useTexts } from '../../text/i18n.ts';
import { later } from '../../text/later.ts';
import { CharacterPanel } from './CharacterPanel.tsx';
import { ChecksPanel } from './ChecksPanel.tsx';
import classes from './Create.module.css';
import { MatrixVisit } from './MatrixVisit.tsx';
import { MotionPanel } from './MotionPanel.tsx';
import { RecipePanel } from './RecipePanel.tsx';

const RestoreOrder = later(() => import('./RestoreOrder.tsx').then((module) => module.RestoreOrder));

/** As in the style sheet: the player and its tools need so much, and so do the panels. */
const leastRoomPx = 300;
const sizes = { character: { leastPx: 212, mostPx: 640 }, recipe: { leastPx: 268, mostPx: 640 } } as const;

export function CreateScreen() {
  const { t } = useTexts();
  const restoring = useRestoreStore(({ recipe }) => recipe);
  return (
    <div className={classes.grid} style={usePanelStyle()}>
      <h1 className="visually-hidden">{t('app.nav.create')}</h1>
      <MatrixVisit />
      <div className={classes.motion} data-panel-room>
        <MotionPanel />
      </div>
      <PanelEdge panel="character" label={t('create.character.title')} leastRoomPx={leastRoomPx} {...sizes.character} />
      <div className={classes.column}>
        <CharacterPanel />
        <ChecksPanel />
      </div>
      <PanelEdge panel="recipe" label={t('create.recipe.title')} leastRoomPx={leastRoomPx} {...sizes.recipe} />
      <RecipePanel />
      {restoring ? (
        <Suspense fallback={null}>
          <RestoreOrder recipe={restoring} />
        </Suspense>
      ) : null}
    </div>
  );
}
