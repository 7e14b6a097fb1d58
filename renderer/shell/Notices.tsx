/** Where short messages appear; loaded after the page, which draws its first picture without it. */
import { Notifications } from '@mantine/notifications';
import { useScreen } from '../state/route.ts';
import classes from './Shell.module.css';

/** Never over what the person goes for next: on Create that lies below (timeline, price), on every other screen in the head (filter, search). */
export function Notices() {
  const position = useScreen() === 'create' ? 'top-center' : 'bottom-center';
  return <Notifications position={position} limit={4} className={classes.notices} />;
}
