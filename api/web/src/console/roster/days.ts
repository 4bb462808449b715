// The day of the service's place, and moments as people read them.
import type { Language } from '../texts.ts';

/** Return today in a zone, "2026-11-24". */
export function todayIn(zone: string, now = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
}

/** Return a moment as date and time in a zone. */
export function momentText(moment: string, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(Date.parse(moment));
}
