/** Where short messages appear; loaded after the page, which draws its first picture without it. */
import { MantineThemeProvider, Notification } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useTexts } from '../i18n.ts';
import { useScreen } from '../state/route.ts';
import classes from './Shell.module.css';

/** Never over what the person goes for next: on Create that lies below (timeline, price), on every other screen in the head (filter, search). */
export function Notices() {
  const { t } = useTexts();
  const position = useScreen() === 'create' ? 'top-center' : 'bottom-center';
  const closeButtonProps = { 'aria-label': t('app.action.close') };
  return (
    <MantineThemeProvider
      inherit
      theme={{ components: { Notification: Notification.extend({ defaultProps: { closeButtonProps } }) } }}
    >
      <Notifications position={position} limit={4} className={classes.notices} />
    </MantineThemeProvider>
  );
}
