// One courier's link while its page is open: reads the duty, keeps it, takes reports, asks for news.
import { type Changes, changesBetween, NONE, withLater } from './changes.ts';
import { Client, Ended, Refused, Unreachable } from './client.ts';
import { forgetDrafts } from './drafts.ts';
import { newId } from './ids.ts';
import { Outbox, type Surroundings } from './outbox.ts';
import { unconfirmed } from './progress.ts';
import type { Entry } from './queue.ts';
import type { Storage } from './storage.ts';
import type { Language } from './texts.ts';
import type { Duty, Report } from './types.ts';

/** What the page shows of it. */
export interface View {
  duty: Duty | null;
  changes: Changes;
  entries: Entry[];
  /** Why the link opens nothing any more; empty where only the phone's clock says so. */
  ended: string | null;
  /** Whether the service answered when it was last asked; null before it was. */
  reached: boolean | null;
  /** Why the duty cannot be read, in the service's words. */
  problem: string | null;
  /** The report that can be taken back with one tap. */
  last: Report | null;
  /** Whether reports outlive the page. */
  lasting: boolean;
  /** Milliseconds to be added to the phone's clock, as far as the service told. */
  off: number;
}

/** What a report tells, before it has an id and a time. */
export type Told = Omit<Report, 'id' | 'at'>;

const STALE = 300_000;

export class Session {
  readonly #link: string;
  readonly #client: Client;
  readonly #storage: Storage;
  readonly #around: Surroundings;
  readonly #show: (view: View) => void;
  readonly #outbox: Outbox;
  #view: View;
  #readAt = 0;

  constructor(
    link: string,
    client: Client,
    storage: Storage,
    around: Surroundings,
    show: (view: View) => void,
  ) {
    this.#link = link;
    this.#client = client;
    this.#storage = storage;
    this.#around = around;
    this.#show = show;
    this.#outbox = new Outbox(link, client, storage, around, (entries, reached) =>
      this.#tell({ entries, reached }),
    );
    this.#view = {
      duty: null, changes: NONE, entries: [], ended: null, reached: null, problem: null,
      last: null, lasting: storage.lasting, off: 0,
    }; // prettier-ignore
  }

  /** Show what is kept, then what the service says. */
  async open(): Promise<void> {
    const kept = await this.#storage.duty(this.#link);
    const entries = await this.#storage.entries(this.#link);
    if (kept) this.#tell({ duty: kept.duty, changes: kept.changes, off: kept.off, entries });
    await this.read();
    await this.ask();
  }

  /** Read the duty anew; what is waiting goes first, so that the answer knows of it. */
  async read(): Promise<void> {
    await this.#outbox.hurry();
    const before = await this.#storage.entries(this.#link);
    await this.#asking(async () => {
      const duty = await this.#client.duty();
      await this.#take(duty, before);
    });
  }

  /** Ask whether there is a new revision, and send what is waiting. */
  async ask(): Promise<void> {
    await this.#outbox.flush();
    if (this.#view.ended !== null) {
      await this.#clear();
      return;
    }
    await this.#asking(async () => {
      const asked = this.#around.clock();
      const { revision, now } = await this.#client.now();
      const middle = (asked + this.#around.clock()) / 2;
      this.#tell({ reached: true, off: Date.parse(now) - middle });
      const old = this.#around.clock() - this.#readAt > STALE;
      if (revision !== this.#view.duty?.revision || old) await this.read();
    });
  }

  /** The network is back: send and ask at once. */
  async hurry(): Promise<void> {
    await this.#outbox.hurry();
    await this.ask();
  }

  /** The reader chose another language: ask again why the link has ended. */
  async translate(): Promise<void> {
    if (this.#view.ended !== null) await this.#asking(async () => void (await this.#client.now()));
  }

  /** The browser says that there is no network. */
  offline(): void {
    this.#tell({ reached: false });
  }

  /** Keep a report, with a photo if there is one, and send it; fulfilled when it is kept. */
  async report(told: Told, photo?: ArrayBuffer): Promise<void> {
    const { duty } = this.#view;
    if (duty === null) return;
    const { day, meal } = duty;
    const report: Report = { ...told, id: newId(), at: this.#now() };
    await this.#storage.add(this.#link, {
      service: { day, meal },
      report,
      state: 'waiting',
      message: null,
      ...(photo ? { photo } : {}),
    });
    this.#tell({ entries: await this.#storage.entries(this.#link), last: this.#lastAfter(report) });
    // The second run takes what was kept while the first was ending.
    void this.#outbox.flush().then(() => this.#outbox.flush());
  }

  /** Take a report back: that is a report, too. */
  retract(id: string): Promise<void> {
    return this.report({ kind: 'retracted', about: id });
  }

  /** Say that a message of the service was read. */
  async dismiss(entries: readonly Entry[]): Promise<void> {
    const read = entries.map((entry) => ({ ...entry, message: null }));
    await this.#storage.change(this.#link, read);
    this.#tell({ entries: await this.#storage.entries(this.#link) });
  }

  /** Return what one tap takes back; a photo goes with the result that it was taken for. */
  #lastAfter(report: Report): Report | null {
    const { last } = this.#view;
    if (report.kind === 'retracted' || report.kind === 'seen') return null;
    return report.kind === 'photo' && last?.order === report.order ? last : report;
  }

  #now(): string {
    return new Date(this.#around.clock()).toISOString();
  }

  async #asking(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Ended) await this.#end(error.message);
      else if (error instanceof Refused) this.#tell({ problem: error.message, reached: true });
      else if (error instanceof Unreachable) await this.#alone();
      else throw error;
    }
  }

  async #take(duty: Duty, known: readonly Entry[]): Promise<void> {
    const changes = this.#changesTo(duty, known);
    await this.#storage.keepDuty(this.#link, { duty, changes, off: this.#view.off });
    // The duty just read knows these reports.
    const done = known.filter((entry) => entry.state === 'kept' && entry.message === null);
    await this.#storage.drop(this.#link, done);
    this.#readAt = this.#around.clock();
    const entries = await this.#storage.entries(this.#link);
    this.#tell({ duty, changes, entries, reached: true, problem: null });
  }

  /** Return what is different for the courier since something was last confirmed, or first shown. */
  #changesTo(duty: Duty, known: readonly Entry[]): Changes {
    const { duty: old, changes: marked } = this.#view;
    if (old === null) return NONE;
    if (old.revision === duty.revision) return marked;
    const fresh = changesBetween(old, duty);
    const missed = unconfirmed({ ...old, seen_revision: duty.seen_revision }, known);
    return missed ? withLater(marked, fresh, duty) : fresh;
  }

  /** Without the service a duty is shown until its end by the phone's clock. */
  async #alone(): Promise<void> {
    const { duty } = this.#view;
    this.#tell({ reached: false });
    if (duty && Date.parse(duty.readable_until) < this.#around.clock()) await this.#end('');
  }

  /** Forget the duty and every report that the service has; what is waiting stays until it is sent. */
  async #end(reason: string): Promise<void> {
    await this.#storage.forgetDuty(this.#link);
    forgetDrafts();
    this.#tell({ duty: null, changes: NONE, ended: reason, last: null });
    await this.#outbox.hurry();
    await this.#clear();
  }

  /** Drop what the service answered, but go on showing it until the page is closed. */
  async #clear(): Promise<void> {
    const entries = await this.#storage.entries(this.#link);
    const answered = entries.filter((entry) => entry.state !== 'waiting');
    await this.#storage.drop(this.#link, answered);
    const said = this.#view.entries.filter((entry) => entry.message !== null);
    const shown = new Map([...said, ...entries].map((entry) => [entry.place, entry]));
    this.#tell({ entries: [...shown.values()] });
  }

  #tell(change: Partial<View>): void {
    this.#view = { ...this.#view, ...change };
    this.#show(this.#view);
  }
}

/** Forget duties of other links that are over, and send reports of theirs that are still here. */
export async function sweep(
  link: string,
  storage: Storage,
  language: () => Language,
  around: Surroundings,
): Promise<void> {
  for (const other of await storage.links()) {
    if (other === link) continue;
    const kept = await storage.duty(other);
    const over = kept !== null && Date.parse(kept.duty.readable_until) < around.clock();
    if (over) await storage.forgetDuty(other);
    const outbox = new Outbox(other, new Client(other, language), storage, around, () => undefined);
    await outbox.flush();
    if (kept !== null && !over) continue;
    const entries = await storage.entries(other);
    await storage.drop(other, entries.filter((entry) => entry.state !== 'waiting'));
  }
}
