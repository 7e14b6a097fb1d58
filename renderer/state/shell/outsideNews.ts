/** Whether this page tells of news by the browser's notifications: where the host does not do it, and a person has allowed it. */
import { create } from 'zustand';
import { useCommand, useSettings } from '../../bridge/queries.ts';

type Permission = NotificationPermission | 'missing';

const permissionNow = (): Permission => (typeof Notification === 'undefined' ? 'missing' : Notification.permission);

/** Only tells components to look again: a person may also allow or forbid it in the browser itself. */
const usePermissionStore = create<{ answer: Permission | null }>()(() => ({ answer: null }));

/** To be called by a person's click alone: browsers refuse those who ask by themselves, for good. */
export async function askPermission(): Promise<Permission> {
  if (permissionNow() === 'default') await Notification.requestPermission();
  const permission = permissionNow();
  usePermissionStore.setState({ answer: permission });
  return permission;
}

/** host: the app itself tells, whatever the browser says. */
export function useNewsWay(): 'host' | Permission {
  usePermissionStore();
  const isHost = useCommand('app.info', {}).data?.capabilities.notifications ?? false;
  return isHost ? 'host' : permissionNow();
}

export function useTellsOutside(): boolean {
  const way = useNewsWay();
  const wanted = useSettings().data?.notifications;
  return way === 'granted' && wanted !== undefined && Object.values(wanted).some(Boolean);
}
