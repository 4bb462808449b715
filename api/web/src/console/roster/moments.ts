// Moments as people read them.
import type { Language } from '../texts.ts';

/** Return a moment as date and time in a zone. */
export function momentText(moment: string, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(Date.parse(moment));
}
