// Files that are chosen for an import, and a file that is handed to the browser to keep.
import type { Chosen } from './importing.ts';

/** Say whether every file's kind is known. */
export function chosenSafely(files: readonly Chosen[]): boolean {
  return files.length > 0 && files.every(({ kind }) => kind !== null);
}

/** Let the browser save a file under a name. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
