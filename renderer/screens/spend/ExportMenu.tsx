/** What is shown, or every job behind it, as a file that a spreadsheet reads. */
import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import type { SpendEntry } from '../../../shared/contract/spend.ts';
import type { SpendGrouping } from '../../../shared/money/spend.ts';
import { spendCsv, spendSummaryCsv } from '../../../shared/money/spendCsv.ts';
import { summariseSpend } from '../../../shared/money/spendSummary.ts';
import { useTexts } from '../../text/i18n.ts';
import { saveCsv } from './saveCsv.ts';

interface ExportMenuProps {
  /** Of one account. */
  entries: readonly SpendEntry[];
  account: 'evolink' | 'sandbox';
  by: SpendGrouping;
}

export function ExportMenu({ entries, account, by }: ExportMenuProps) {
  const { t } = useTexts();
  const saveSums = () => {
    const sums = { isSandbox: account === 'sandbox', summary: summariseSpend(entries, by) };
    saveCsv(spendSummaryCsv([sums]), `${account}-${by}`);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          rightSection={<IconChevronDown size={14} />}
          disabled={entries.length === 0}
        >
          {t('spend.csv')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={saveSums}>{t('spend.csvTable')}</Menu.Item>
        <Menu.Item onClick={() => saveCsv(spendCsv(entries), account)}>{t('spend.csvJobs')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
