/** The slim rail: the screens, with a quiet count of what is under way. */
import { Tooltip } from '@mantine/core';
import {
  IconBoxMultiple,
  IconCoins,
  IconGridDots,
  IconLayoutGrid,
  IconListDetails,
  IconPackage,
  IconSettings,
  IconUserScan,
  IconWand,
} from '@tabler/icons-react';
import { useJobs } from '../bridge/queries.ts';
import { screenCommands } from '../keys/useCommandName.ts';
import { useKeyHints } from '../keys/useKeys.ts';
import { countJobs } from '../state/queue/jobCounts.ts';
import { hrefOf, type Screen, screens } from '../state/shell/route.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Shell.module.css';

const icons = {
  create: IconWand,
  matrix: IconGridDots,
  prepared: IconPackage,
  queue: IconListDetails,
  library: IconLayoutGrid,
  elements: IconUserScan,
  spend: IconCoins,
  settings: IconSettings,
} as const;

export function Rail({ screen }: { screen: Screen }) {
  const { t } = useTexts();
  const { withKey } = useKeyHints();
  const counts = countJobs(useJobs().data ?? []);
  const active = counts.running + counts.waiting;
  return (
    <nav className={classes.rail} aria-label={t('app.nav.label')}>
      <div className={classes.mark} aria-hidden="true">
        <IconBoxMultiple size={24} stroke={1.6} />
      </div>
      {screens.map((name) => {
        const Icon = icons[name];
        return (
          <div key={name} style={{ display: 'contents' }}>
            {name === 'settings' ? <div className={classes.spacer} /> : null}
            <Tooltip
              label={withKey(t('app.palette.goTo', { screen: t(`app.nav.${name}`) }), screenCommands[name])}
              // Over the rail's own next link, not over the screen.
              position={name === 'settings' ? 'top-start' : 'bottom-start'}
            >
              <a
                className={classes.link}
                href={hrefOf(name)}
                aria-label={t(`app.nav.${name}`)}
                aria-current={screen === name ? 'page' : undefined}
              >
                <Icon size={20} stroke={1.6} aria-hidden="true" />
                <span>{t(`app.nav.${name}`)}</span>
                {name === 'queue' && active > 0 ? (
                  <span className={`${classes.count} tabular`} aria-hidden="true">
                    {active}
                  </span>
                ) : null}
              </a>
            </Tooltip>
          </div>
        );
      })}
    </nav>
  );
}
