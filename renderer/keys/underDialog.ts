/**
 * Which keys were pressed while a dialog or a menu was open. The one that closes it is heard by the page behind as well, when nothing
 * is open any more: it has meant something already.
 */
const pressed = new WeakSet<KeyboardEvent>();

// Before any dialog listens: of listeners of one phase the first that was added is the first that is called.
if (typeof window !== 'undefined')
  window.addEventListener(
    'keydown',
    (event) => {
      if (document.querySelector('[role="dialog"], [role="menu"]')) pressed.add(event);
    },
    { capture: true },
  );

export const isUnderDialog = (event: KeyboardEvent): boolean => pressed.has(event);
