/** The part of the screen that each section of the settings is. */
import type { ComponentType } from 'react';
import type { Settings } from '../../../shared/contract/app.ts';
import { DiagnosticsSection } from './DiagnosticsSection.tsx';
import { FoldersSection } from './FoldersSection.tsx';
import { JobsAtOnceSection } from './JobsAtOnceSection.tsx';
import { KeySection } from './KeySection.tsx';
import { KeysSection } from './KeysSection.tsx';
import { LimitsSection } from './LimitsSection.tsx';
import { LineSection } from './LineSection.tsx';
import { LookSection } from './LookSection.tsx';
import { NamingSection } from './NamingSection.tsx';
import { NotificationsSection } from './NotificationsSection.tsx';
import { OriginalsSection } from './OriginalsSection.tsx';
import { OverridesSection } from './OverridesSection.tsx';
import { PreparationSection } from './PreparationSection.tsx';
import { PricesSection } from './PricesSection.tsx';
import { PrivacySection } from './PrivacySection.tsx';
import { ProjectsSection } from './ProjectsSection.tsx';
import { ProviderSection } from './ProviderSection.tsx';
import type { SettingsSection } from './settingsSections.ts';
import { WebHookSection } from './WebHookSection.tsx';

export const sectionContent: Readonly<Record<SettingsSection, ComponentType<{ settings: Settings }>>> = {
  folders: FoldersSection,
  naming: NamingSection,
  projects: ProjectsSection,
  originals: OriginalsSection,
  key: KeySection,
  provider: ProviderSection,
  look: LookSection,
  notifications: NotificationsSection,
  limits: LimitsSection,
  prices: PricesSection,
  overrides: OverridesSection,
  preparing: PreparationSection,
  webHook: WebHookSection,
  atOnce: JobsAtOnceSection,
  line: LineSection,
  privacy: PrivacySection,
  keys: KeysSection,
  diagnostics: DiagnosticsSection,
};
