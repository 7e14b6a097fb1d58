/** Create: from two files to an order. Motion on the left, character and checks beside it, the recipe on the right. */
import { useTexts } from '../../i18n.ts';
import { CharacterPanel } from './CharacterPanel.tsx';
import { ChecksPanel } from './ChecksPanel.tsx';
import classes from './Create.module.css';
import { MatrixVisit } from './MatrixVisit.tsx';
import { MotionPanel } from './MotionPanel.tsx';
import { RecipePanel } from './RecipePanel.tsx';

export function CreateScreen() {
  const { t } = useTexts();
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
    </div>
  );
}
