/** Where short messages appear; loaded after the page, which draws its first picture without it. */
import { MantineThemeProvider, Notification } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useTexts } from '../text/i18n.ts';
import classes from './Shell.module.css';

/** Always in the same corner: away from price and Generate, from filters and search. */
export function Notices() {
  const { t } = useTexts();
  const closeButtonProps = { 'aria-label': t('app.action.close') };
  return (
    <MantineThemeProvider
      inherit
      theme={{ components: { Notification: Notification.extend({ defaultProps: { closeButtonProps } }) } }}
    >
      <Notifications position="bottom-left" limit={4} className={classes.notices} />
    </MantineThemeProvider>
  );
}
