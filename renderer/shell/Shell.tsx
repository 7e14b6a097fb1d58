/** The frame around every screen: rail, banners, the screen itself, status bar, and the overlay for drops anywhere. */
import { Loader } from '@mantine/core';
import { type ReactNode, Suspense, useState } from 'react';
import { useTexts } from '../i18n.ts';
import { screenCommands } from '../keys/useCommandName.ts';
import { useCommandKeys } from '../keys/useKeys.ts';
import { later } from '../later.ts';
import { CreateScreen } from '../screens/create/CreateScreen.tsx';
import { useMatrixStore } from '../state/matrix/matrixStore.ts';
import { useTellsOutside } from '../state/shell/outsideNews.ts';
import { goTo, type Screen, screens, useScreen } from '../state/shell/route.ts';
import { Banners } from './Banners.tsx';
import { ConsentQuestion } from './ConsentQuestion.tsx';
import { DropOverlay } from './DropOverlay.tsx';
import { Rail } from './Rail.tsx';
import classes from './Shell.module.css';
import { StatusBar } from './StatusBar.tsx';

const OutsideNews = later(() => import('./OutsideNews.tsx').then((module) => module.OutsideNews));
const KeysSheet = later(() => import('./KeysSheet.tsx').then((module) => module.KeysSheet));
const CommandPalette = later(() => import('./palette/CommandPalette.tsx').then((module) => module.CommandPalette));
const OrderMatrix = later(() => import('../matrix/OrderMatrix.tsx').then((module) => module.OrderMatrix));
const PreparedScreen = later(() =>
  import('../screens/prepared/PreparedScreen.tsx').then((module) => module.PreparedScreen),
);
const QueueScreen = later(() => import('../screens/queue/QueueScreen.tsx').then((module) => module.QueueScreen));
const LibraryScreen = later(() =>
  import('../screens/library/LibraryScreen.tsx').then((module) => module.LibraryScreen),
);
const ElementsScreen = later(() =>
  import('../screens/elements/ElementsScreen.tsx').then((module) => module.ElementsScreen),
);
const SpendScreen = later(() => import('../screens/spend/SpendScreen.tsx').then((module) => module.SpendScreen));
const SettingsScreen = later(() =>
  import('../screens/settings/SettingsScreen.tsx').then((module) => module.SettingsScreen),
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
  const isMatrixOpen = useMatrixStore((state) => state.isOpen);
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
      {isMatrixOpen ? (
        <Suspense fallback={null}>
          <OrderMatrix />
        </Suspense>
      ) : null}
      {isPaletteOpen ? (
        <Suspense fallback={null}>
          <CommandPalette onClose={() => setIsPaletteOpen(false)} />
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
