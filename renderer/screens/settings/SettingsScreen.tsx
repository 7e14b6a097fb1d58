/** Everything a person can set, and what they need to tell when something is wrong. */
import { Skeleton } from '@mantine/core';
import { useSettings } from '../../bridge/queries.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import screenClasses from '../../components/Screen.module.css';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { useTexts } from '../../i18n.ts';
import { DiagnosticsSection } from './DiagnosticsSection.tsx';
import { FoldersSection } from './FoldersSection.tsx';
import { JobsAtOnceSection } from './JobsAtOnceSection.tsx';
import { KeySection } from './KeySection.tsx';
import { KeysSection } from './KeysSection.tsx';
import { LimitsSection } from './LimitsSection.tsx';
import { LookSection } from './LookSection.tsx';
import { NamingSection } from './NamingSection.tsx';
import { NotificationsSection } from './NotificationsSection.tsx';
import { OverridesSection } from './OverridesSection.tsx';
import { PreparationSection } from './PreparationSection.tsx';
import { PricesSection } from './PricesSection.tsx';
import { ProviderSection } from './ProviderSection.tsx';
import classes from './Settings.module.css';

export function SettingsScreen() {
  const { t } = useTexts();
  const settings = useSettings();
  return (
    <div className={screenClasses.screen}>
      <ScreenHeader title={t('settings.title')} />
      <div className={screenClasses.content}>
        {settings.isError ? <ErrorNote error={settings.error} onRetry={() => void settings.refetch()} /> : null}
        {settings.isPending ? <Skeleton height={200} /> : null}
        {settings.data ? (
          <div className={classes.columns}>
            <ProviderSection settings={settings.data} />
            <KeySection />
            <LimitsSection settings={settings.data} />
            <PricesSection settings={settings.data} />
            <LookSection settings={settings.data} />
            <NotificationsSection settings={settings.data} />
            <PreparationSection settings={settings.data} />
            <JobsAtOnceSection settings={settings.data} />
            <OverridesSection settings={settings.data} />
            <KeysSection settings={settings.data} />
            <FoldersSection settings={settings.data} />
            <NamingSection settings={settings.data} />
            <DiagnosticsSection />
          </div>
        ) : null}
      </div>
    </div>
  );
}
