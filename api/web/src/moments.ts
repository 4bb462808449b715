// Moments in words, as people here write them.
import type { Language } from './texts.ts';

/** Return a moment to the minute, in the reader's own time: "11-20 12:00", of other years with year. */
export function momentText(moment: string, language: Language, now = new Date()): string {
  const at = new Date(moment);
  return at.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', {
    ...(at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}
