// A promise that a signal rejects. `start` returns what must be undone at the end, however it ends.

export function abortable<T = void>(
  signal: AbortSignal, start: (resolve: (value: T) => void, reject: (error: unknown) => void) => () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    let undo = () => {};
    const end = <V>(settle: (value: V) => void) => (value: V) => {
      signal.removeEventListener('abort', abort);
      undo();
      settle(value);
    };
    const abort = () => end(reject)(signal.reason);
    signal.addEventListener('abort', abort);
    undo = start(end(resolve), end(reject));
  });
}
