/** Where short messages appear; loaded after the page, which draws its first picture without it. */
import { Notifications } from '@mantine/notifications';

export function Notices() {
  return <Notifications position="top-center" limit={4} />;
}
