// What can be open in the view "day", in the order in which a day goes.
export const TABS = ['overview', 'stops'] as const;
export type Tab = (typeof TABS)[number];

/** Return the tab that an address names, else the first. */
export function tabOf(rest: readonly string[], tabs: readonly Tab[]): Tab {
  return tabs.find((one) => one === rest[0]) ?? 'overview';
}
