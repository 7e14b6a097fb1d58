/** What a right click offers: editing in text fields, copying of chosen text, and nothing on links and pictures. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Translate } from '../../../../shared/i18n/index.ts';

export function installContextMenus(translate: () => Translate): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('context-menu', (_menuEvent, params) => {
      const template = contextTemplate(params, translate());
      if (template.length > 0) Menu.buildFromTemplate(template).popup();
    });
  });
}

type Params = Pick<Electron.ContextMenuParams, 'isEditable' | 'editFlags' | 'selectionText'>;

function contextTemplate({ isEditable, editFlags, selectionText }: Params, t: Translate): MenuItemConstructorOptions[] {
  const copy = { label: t('host.menu.copy'), role: 'copy', enabled: editFlags.canCopy } as const;
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy];
  return [
    { label: t('host.menu.undo'), role: 'undo', enabled: editFlags.canUndo },
    { label: t('host.menu.redo'), role: 'redo', enabled: editFlags.canRedo },
    { type: 'separator' },
    { label: t('host.menu.cut'), role: 'cut', enabled: editFlags.canCut },
    copy,
    { label: t('host.menu.paste'), role: 'paste', enabled: editFlags.canPaste },
    { type: 'separator' },
    { label: t('host.menu.selectAll'), role: 'selectAll', enabled: editFlags.canSelectAll },
  ];
}
