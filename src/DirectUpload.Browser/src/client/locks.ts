// Web Locks: two tabs never send the same upload. A lock ends with its page, also after a crash.

const nameOf = (id: string) => `direct-upload:${id}`;
const own = new Set<string>();

/** Returns a function that releases the lock, or null if another upload has it. */
export function lock(id: string): Promise<(() => void) | null> {
  if (own.has(id)) return Promise.resolve(null);
  own.add(id);
  const free = () => { own.delete(id); };
  return new Promise((resolve) => {
    // Insecure origins have no locks.
    if (!navigator.locks) return resolve(free);
    navigator.locks.request(nameOf(id), { ifAvailable: true }, (granted) => {
      if (!granted) {
        free();
        return resolve(null);
      }
      return new Promise<void>((release) => resolve(() => { free(); release(); }));
    }).catch(() => resolve(free));
  });
}

/** Whether this page or another one is at work on the upload. */
export async function isLocked(id: string): Promise<boolean> {
  if (own.has(id)) return true;
  try {
    return (await navigator.locks.query()).held?.some(({ name }) => name === nameOf(id)) ?? false;
  } catch {
    return false;
  }
}
