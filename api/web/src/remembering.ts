// Remembers in this tab which background job it watches, so that a reload of the page picks it up again.
import { useEffect } from 'preact/hooks';

/**
 * Keep the number of the job under a name; where none is watched yet, pick up the one that was.
 *
 * `pickUp` asks for a job and says whether it is still known: if not, it is forgotten.
 */
export function useRemembered(
  name: string,
  number: number | null,
  pickUp: (number: number) => Promise<boolean>,
): void {
  useEffect(() => {
    const kept = Number(sessionStorage.getItem(name));
    if (number !== null || !Number.isInteger(kept) || kept < 1) return;
    void pickUp(kept).then((known) => {
      if (!known) sessionStorage.removeItem(name);
    });
  }, []);
  useEffect(() => {
    if (number !== null) sessionStorage.setItem(name, String(number));
  }, [number]);
}
