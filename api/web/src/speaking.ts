// How any page of the app says things: a table key → Chinese, English, and values put into the words.
// "{count}" is a value; "{count:stop|stops}" is a number with its noun, as "1 stop" or "3 stops".
export type Language = 'zh' | 'en';
export type Texts = Record<string, readonly [string, string]>;
export type Speak<Key extends string> = (key: Key, values?: Record<string, string | number>) => string;

/** Return the function that says what a table holds, in a language. */
export function speakerOf<Key extends string>(
  texts: Record<Key, readonly [string, string]>,
  language: Language,
): Speak<Key> {
  return (key, values = {}) =>
    texts[key][language === 'zh' ? 0 : 1].replace(
      /\{(\w+)(?::([^|{}]*)\|([^|{}]*))?\}/g,
      (_, name: string, one?: string, several?: string) => {
        const value = String(values[name] ?? '');
        if (one === undefined) return value;
        return `${value} ${Number(value) === 1 ? one : several}`;
      },
    );
}
