/** The frame around every screen: rail, banners, the screen itself, status bar, and the overlay for drops anywhere. */
import { Loader } from '@mantine/core';
import { type ReactNode, Suspense, useState } from 'react';
import { screenCommands } from '../keys/useCommandName.ts';
import { useCommandKeys } from '../keys/useKeys.ts';
import { CreateScreen } from '../screens/create/CreateScreen.tsx';
import { useKeptMatrix } from '../state/matrix/matrixKeeper.ts';
import { useTellsOutside } from '../state/shell/outsideNews.ts';
import { goTo, type Screen, screens, useScreen } from '../state/shell/route.ts';
import { useTexts } from '../text/i18n.ts';
import { later } from '../text/later.ts';
import { Banners } from './Banners.tsx';
import { ConsentQuestion } from './ConsentQuestion.tsx';
import { DropOverlay } from './DropOverlay.tsx';
import { Rail } from './Rail.tsx';
import classes from './Shell.module.css';
import { StatusBar } from './StatusBar.tsx';

const OutsideNews = later(() => import('./OutsideNews.tsx').then((module) => module.OutsideNews));
const HostLink = later(() => import('./HostLink.tsx').then((module) => module.HostLink));
const KeysSheet = later(() => import('./KeysSheet.tsx').then((module) => module.KeysSheet));
const CommandPalette = later(() => import('./palette/CommandPalette.tsx').then((module) => module.CommandPalette));
const MatrixScreen = later(() => import('../screens/matrix/MatrixScreen.tsx').then((module) => module.MatrixScreen));
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
  matrix: <MatrixScreen />,
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
  useKeptMatrix();
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
      {window.restage.onHost ? (
        <Suspense fallback={null}>
          <HostLink />
        </Suspense>
      ) : null}
      {tellsOutside ? (
        <Suspense fallback={null}>
          <OutsideNews />
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
