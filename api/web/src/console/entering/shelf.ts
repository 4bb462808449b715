// What the browser keeps of one person's work, by name; where it keeps nothing, the open page does.

export interface Shelf {
  /** Whether everything on it outlives the page. */
  readonly lasting: boolean;
  names(beginning: string): string[];
  read<Value>(name: string): Value | null;
  write(name: string, value: unknown): void;
  remove(name: string): void;
}

/** Open the shelf of a person; another person who uses the same browser has another one. */
export function openShelf(open: () => Storage, who: string): Shelf {
  try {
    return new BrowserShelf(open(), `mealsvc-console/${who}/`);
  } catch (error) {
    if (error instanceof DOMException) return new BrowserShelf(null, ''); // storage is forbidden
    throw error;
  }
}

class BrowserShelf implements Shelf {
  readonly #storage: Storage | null;
  readonly #mine: string;
  /** What the browser would not keep. */
  readonly #page = new Map<string, string>();

  constructor(storage: Storage | null, mine: string) {
    this.#storage = storage;
    this.#mine = mine;
  }

  get lasting(): boolean {
    return this.#storage !== null && this.#page.size === 0;
  }

  names(beginning: string): string[] {
    const wanted = this.#mine + beginning;
    const kept = Array.from({ length: this.#storage?.length ?? 0 }, (_, at) => this.#storage?.key(at) ?? '');
    const all = [...new Set([...kept, ...this.#page.keys()])];
    return all.filter((key) => key.startsWith(wanted)).map((key) => key.slice(this.#mine.length));
  }

  read<Value>(name: string): Value | null {
    const key = this.#mine + name;
    const text = this.#page.get(key) ?? this.#storage?.getItem(key) ?? null;
    return text === null ? null : (JSON.parse(text) as Value);
  }

  write(name: string, value: unknown): void {
    const [key, text] = [this.#mine + name, JSON.stringify(value)];
    this.#page.delete(key);
    try {
      if (this.#storage === null) this.#page.set(key, text);
      else this.#storage.setItem(key, text);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.#page.set(key, text); // the browser's space is used up
    }
  }

  remove(name: string): void {
    this.#page.delete(this.#mine + name);
    this.#storage?.removeItem(this.#mine + name);
  }
}
