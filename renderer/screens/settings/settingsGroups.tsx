/** How the settings are laid out: groups in the order of what is looked for most, their sections, and where the words of each stand in the catalogue. */
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
import { OverridesSection } from './OverridesSection.tsx';
import { PreparationSection } from './PreparationSection.tsx';
import { PricesSection } from './PricesSection.tsx';
import { PrivacySection } from './PrivacySection.tsx';
import { ProjectsSection } from './ProjectsSection.tsx';
import { ProviderSection } from './ProviderSection.tsx';
import { WebHookSection } from './WebHookSection.tsx';

export interface SettingsSection {
  id: string;
  /** Branches of the catalogue: what stands there is what it is found by. */
  texts: readonly string[];
  Content: ComponentType<{ settings: Settings }>;
}

export const settingsGroups = [
  {
    id: 'results',
    sections: [
      { id: 'folders', texts: ['settings.folders'], Content: FoldersSection },
      { id: 'naming', texts: ['settings.naming'], Content: NamingSection },
      { id: 'projects', texts: ['settings.projects'], Content: ProjectsSection },
    ],
  },
  {
    id: 'account',
    sections: [
      { id: 'key', texts: ['settings.key'], Content: KeySection },
      { id: 'provider', texts: ['settings.provider'], Content: ProviderSection },
    ],
  },
  {
    id: 'interface',
    sections: [
      { id: 'look', texts: ['settings.look'], Content: LookSection },
      { id: 'notifications', texts: ['settings.notifications'], Content: NotificationsSection },
    ],
  },
  {
    id: 'rules',
    sections: [
      { id: 'limits', texts: ['settings.limits'], Content: LimitsSection },
      { id: 'prices', texts: ['settings.prices'], Content: PricesSection },
      { id: 'overrides', texts: ['limits'], Content: OverridesSection },
    ],
  },
  {
    id: 'jobs',
    sections: [
      { id: 'preparing', texts: ['settings.preparing'], Content: PreparationSection },
      { id: 'webHook', texts: ['settings.webHook'], Content: WebHookSection },
      { id: 'atOnce', texts: ['settings.atOnce'], Content: JobsAtOnceSection },
    ],
  },
  {
    id: 'network',
    sections: [
      { id: 'line', texts: ['settings.line'], Content: LineSection },
      { id: 'privacy', texts: ['settings.privacy'], Content: PrivacySection },
    ],
  },
  { id: 'keys', sections: [{ id: 'keys', texts: ['keys'], Content: KeysSection }] },
  {
    id: 'diagnostics',
    sections: [
      { id: 'diagnostics', texts: ['settings.diagnostics', 'settings.firstRunAgain'], Content: DiagnosticsSection },
    ],
  },
] as const satisfies readonly { id: string; sections: readonly SettingsSection[] }[];

export type SettingsGroup = (typeof settingsGroups)[number]['id'];
