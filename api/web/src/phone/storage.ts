// What the phone keeps between visits: the duty and its reports, by link. In IndexedDB, because
// photos are large and a report must be on disk before the page says that it is recorded.
import type { Changes } from './changes.ts';
import type { Entry } from './queue.ts';
import type { Duty } from './types.ts';

/** A duty as it was last read. */
export interface Kept {
  duty: Duty;
  /** What its revision changed, as seen from the one before. */
  changes: Changes;
  /** How far the phone's clock was off, in milliseconds to be added. */
  off: number;
}

/** Where a link's duty and reports are kept; every promise is fulfilled when it is done for good. */
export interface Storage {
  /** Whether it outlives the page. */
  readonly lasting: boolean;
  duty(link: string): Promise<Kept | null>;
  keepDuty(link: string, kept: Kept): Promise<void>;
  /** All reports of a link, in the order in which they were made. */
  entries(link: string): Promise<Entry[]>;
  add(link: string, entry: Omit<Entry, 'place'>): Promise<Entry>;
  change(link: string, entries: readonly Entry[]): Promise<void>;
  drop(link: string, entries: readonly Entry[]): Promise<void>;
  forgetDuty(link: string): Promise<void>;
  /** Links that something is kept of. */
  links(): Promise<string[]>;
}

const NAME = 'mealsvc-phone';
const DUTIES = 'duties';
const REPORTS = 'reports';
const BY_LINK = 'link';

type Row = Entry & { link: string };

/** Open the browser's database, or, where it has none, keep things as long as the page is open. */
export async function openStorage(factory: IDBFactory | undefined): Promise<Storage> {
  if (factory === undefined) return new PageStorage();
  try {
    return new BrowserStorage(await opened(factory));
  } catch (error) {
    if (error instanceof DOMException) return new PageStorage(); // private windows of some browsers
    throw error;
  }
}

function opened(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(DUTIES);
    const reports = request.result.createObjectStore(REPORTS, {
      keyPath: 'place',
      autoIncrement: true,
    });
    reports.createIndex(BY_LINK, 'link');
  };
  return answer(request);
}

function answer<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException('the database failed'));
  });
}

class BrowserStorage implements Storage {
  readonly lasting = true;
  readonly #database: IDBDatabase;

  constructor(database: IDBDatabase) {
    this.#database = database;
  }

  async duty(link: string): Promise<Kept | null> {
    const kept = await answer<Kept | undefined>(this.#read(DUTIES).get(link));
    // A duty that an earlier release of the page kept lacks what this one shows: it is read anew.
    return kept?.off === undefined ? null : kept;
  }

  keepDuty(link: string, kept: Kept): Promise<void> {
    return this.#write(DUTIES, (store) => store.put(kept, link));
  }

  async entries(link: string): Promise<Entry[]> {
    const rows = await answer<Row[]>(this.#read(REPORTS).index(BY_LINK).getAll(link));
    return rows.sort((one, other) => one.place - other.place);
  }

  async add(link: string, entry: Omit<Entry, 'place'>): Promise<Entry> {
    let place: IDBRequest<IDBValidKey> | undefined;
    await this.#write(REPORTS, (store) => {
      place = store.add({ ...entry, link });
    });
    return { ...entry, place: place?.result as number };
  }

  change(link: string, entries: readonly Entry[]): Promise<void> {
    return this.#write(REPORTS, (store) => {
      for (const entry of entries) store.put({ ...entry, link });
    });
  }

  drop(_link: string, entries: readonly Entry[]): Promise<void> {
    return this.#write(REPORTS, (store) => {
      for (const entry of entries) store.delete(entry.place);
    });
  }

  forgetDuty(link: string): Promise<void> {
    return this.#write(DUTIES, (store) => store.delete(link));
  }

  async links(): Promise<string[]> {
    const duties = (await answer(this.#read(DUTIES).getAllKeys())) as string[];
    const rows = await answer<Row[]>(this.#read(REPORTS).getAll());
    return [...new Set([...duties, ...rows.map((row) => row.link)])];
  }

  #read(name: string): IDBObjectStore {
    return this.#database.transaction(name).objectStore(name);
  }

  #write(name: string, work: (store: IDBObjectStore) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(name, 'readwrite');
      transaction.oncomplete = () => resolve();
      transaction.onabort = () =>
        reject(transaction.error ?? new DOMException('the database failed'));
      work(transaction.objectStore(name));
    });
  }
}

/** Keeps things in the page only. */
export class PageStorage implements Storage {
  readonly lasting = false;
  readonly #duties = new Map<string, Kept>();
  #rows: Row[] = [];
  #places = 0;

  async duty(link: string): Promise<Kept | null> {
    return this.#duties.get(link) ?? null;
  }

  async keepDuty(link: string, kept: Kept): Promise<void> {
    this.#duties.set(link, kept);
  }

  async entries(link: string): Promise<Entry[]> {
    return this.#rows.filter((row) => row.link === link);
  }

  async add(link: string, entry: Omit<Entry, 'place'>): Promise<Entry> {
    this.#places += 1;
    const row = { ...entry, link, place: this.#places };
    this.#rows.push(row);
    return row;
  }

  async change(link: string, entries: readonly Entry[]): Promise<void> {
    const changed = new Map(entries.map((entry) => [entry.place, { ...entry, link }]));
    this.#rows = this.#rows.map((row) => changed.get(row.place) ?? row);
  }

  async drop(_link: string, entries: readonly Entry[]): Promise<void> {
    const places = new Set(entries.map((entry) => entry.place));
    this.#rows = this.#rows.filter((row) => !places.has(row.place));
  }

  async forgetDuty(link: string): Promise<void> {
    this.#duties.delete(link);
  }

  async links(): Promise<string[]> {
    return [...new Set([...this.#duties.keys(), ...this.#rows.map((row) => row.link)])];
  }
}
