/** The frame around every screen: rail, banners, the screen itself, status bar, and the overlay for drops anywhere. */
import { Loader } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTexts } from '../i18n.ts';
import { screenCommands } from '../keys/useCommandName.ts';
import { useCommandKeys } from '../keys/useKeys.ts';
import { CreateScreen } from '../screens/create/CreateScreen.tsx';
import { useMatrixStore } from '../state/matrixStore.ts';
import { useTellsOutside } from '../state/outsideNews.ts';
import { goTo, type Screen, screens, useScreen } from '../state/route.ts';
import { Banners } from './Banners.tsx';
import { ConsentQuestion } from './ConsentQuestion.tsx';
import { DropOverlay } from './DropOverlay.tsx';
import { Rail } from './Rail.tsx';
import classes from './Shell.module.css';
import { StatusBar } from './StatusBar.tsx';

const OutsideNews = lazy(() => import('./OutsideNews.tsx').then((module) => ({ default: module.OutsideNews })));
const KeysSheet = lazy(() => import('./KeysSheet.tsx').then((module) => ({ default: module.KeysSheet })));
const CommandPalette = lazy(() =>
  import('./CommandPalette.tsx').then((module) => ({ default: module.CommandPalette })),
);
const OrderMatrix = lazy(() => import('../matrix/OrderMatrix.tsx').then((module) => ({ default: module.OrderMatrix })));
const PreparedScreen = lazy(() =>
  import('../screens/prepared/PreparedScreen.tsx').then((module) => ({ default: module.PreparedScreen })),
);
const QueueScreen = lazy(() =>
  import('../screens/queue/QueueScreen.tsx').then((module) => ({ default: module.QueueScreen })),
);
const LibraryScreen = lazy(() =>
  import('../screens/library/LibraryScreen.tsx').then((module) => ({ default: module.LibraryScreen })),
);
const ElementsScreen = lazy(() =>
  import('../screens/elements/ElementsScreen.tsx').then((module) => ({ default: module.ElementsScreen })),
);
const SpendScreen = lazy(() =>
  import('../screens/spend/SpendScreen.tsx').then((module) => ({ default: module.SpendScreen })),
);
const SettingsScreen = lazy(() =>
  import('../screens/settings/SettingsScreen.tsx').then((module) => ({ default: module.SettingsScreen })),
);

const content: Record<Screen, ReactNode> = {
  create: <CreateScreen />,
  prepared: <PreparedScreen />,
  queue: <QueueScreen />,
  library: <LibraryScreen />,
  elements: <ElementsScreen />,
  spend: <SpendScreen />,
  settings: <SettingsScreen />,
};

export function Shell() {
  const { t } = useTexts();
  const screen = useScreen();
  const tellsOutside = useTellsOutside();
  const matrix = useMatrixStore((state) => state.open);
  const [isSheetOpen, setIsSheetOpen] = useState(false);
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  useCommandKeys({
    ...Object.fromEntries(screens.map((name) => [screenCommands[name], () => goTo(name)])),
    sheet: () => setIsSheetOpen(true),
    palette: () => setIsPaletteOpen(true),
  });
  return (
    <div className={classes.shell}>
      <Rail screen={screen} />
      <main className={classes.main} aria-label={t(`app.nav.${screen}`)}>
        <Banners />
        <div className={classes.screen}>
          <Suspense fallback={<Loader role="status" aria-label={t('app.loading')} className={classes.loading} />}>
            {content[screen]}
          </Suspense>
        </div>
      </main>
      <StatusBar onShowKeys={() => setIsSheetOpen(true)} />
      <DropOverlay />
      <ConsentQuestion />
      {tellsOutside ? (
        <Suspense fallback={null}>
          <OutsideNews />
        </Suspense>
      ) : null}
      {matrix ? (
        <Suspense fallback={null}>
          <OrderMatrix {...matrix} />
        </Suspense>
      ) : null}
      {isPaletteOpen ? (
        <Suspense fallback={null}>
          <CommandPalette onShowKeys={() => setIsSheetOpen(true)} onClose={() => setIsPaletteOpen(false)} />
        </Suspense>
      ) : null}
      {isSheetOpen ? (
        <Suspense fallback={null}>
          <KeysSheet onClose={() => setIsSheetOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}
