// What the console reads of the files of elders, couriers and canteens.

export interface Contact {
  rank: number;
  name: string;
  phone: string | null;
  relation: string | null;
}

export interface ElderFile {
  code: string;
  name: string;
  contacts: Contact[];
}

export interface Courier {
  code: string;
  name: string | null;
  phone: string | null;
}

export interface Canteen {
  code: string;
  name: string;
}

/** An elder as a search finds one. */
export interface ElderRow {
  code: string;
  name: string;
  phone: string | null;
  compound: string | null;
}
