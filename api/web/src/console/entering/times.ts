// Times as they are written on paper, and the moments that they mean on a day of a place.

/** Read a time as people key it in, "1132", "11:32", "9.05"; null: no time of a day. */
export function timeOf(text: string): string | null {
  const found = /^(\d{1,2})[:：.]?(\d\d)$/.exec(text.trim());
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2])];
  if (found === null || hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** Return the moment of a clock time, "11:32", on a day of a time zone. */
export function momentOf(day: string, time: string, zone: string): string {
  const asIfThere = Date.parse(`${day}T${time}:00Z`);
  return new Date(asIfThere - ahead(asIfThere, zone)).toISOString();
}

/** By how many milliseconds a zone's clocks are ahead of UTC at a moment. */
function ahead(moment: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit',
    hour: '2-digit', minute: '2-digit', second: '2-digit',
  }).formatToParts(moment); // prettier-ignore
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const there = Date.UTC(
    part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'),
  ); // prettier-ignore
  return there - Math.floor(moment / 1000) * 1000;
}
