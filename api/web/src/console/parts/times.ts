// Times and spans of time in words, in the service's zone.

/** Return "11:05" of a moment in a zone. */
export function clockText(moment: string, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(Date.parse(moment));
}

/** Return a moment as the time of day, with the date where it is another day's: "11-22 18:49". */
export function stamp(moment: string, zone: string, day: string): string {
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(new Date(moment));
  return date === day ? clockText(moment, zone) : `${date.slice(5)} ${clockText(moment, zone)}`;
}

/** Return whole minutes of seconds, away from nothing: 40 seconds late are one minute late. */
export function minutesOf(seconds: number): number {
  return Math.sign(seconds) * Math.round(Math.abs(seconds) / 60);
}
