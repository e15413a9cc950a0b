const interrupted = /components-reconnect-(show|retrying|failed|rejected|paused|resume-failed)/;

/**
 * Whether .NET can be called. Blazor shows an interrupted circuit in an element of this id only, its own or that of the application; a
 * call in this state would be an unhandled rejection.
 */
export function isConnected() {
  const dialog = document.getElementById('components-reconnect-modal');
  if (!dialog) return true;
  return dialog.shadowRoot ? dialog.style.display === 'none' : !interrupted.test(dialog.className);
}
