// Fonts of the map's labels: those that the page's own style sheet declares, so nothing is fetched twice.
import type { FontFacesSpecification } from 'maplibre-gl';

export const LABEL_FONT = 'Noto Sans SC Variable';

export interface FaceRule {
  family: string;
  src: string;
  range: string;
  base: string;
}

/** Return the declared faces of a family as a map's style wants them. */
export function fontFaces(rules: FaceRule[], family: string): FontFacesSpecification {
  const files = rules
    .filter((rule) => bare(rule.family) === family)
    .map((rule) => ({
      url: new URL(/url\(["']?([^"')]+)["']?\)/.exec(rule.src)?.[1] ?? '', rule.base).href,
      'unicode-range': rule.range
        .split(',')
        .map((part) => part.trim().replace(/^u\+/i, 'U+'))
        .filter(Boolean),
    }));
  return { [family]: files };
}

/** Return the font faces that the style sheets of a page declare. */
export function declaredFaces(page: Document): FaceRule[] {
  const found: FaceRule[] = [];
  for (const sheet of page.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule)) continue;
      found.push({
        family: rule.style.getPropertyValue('font-family'),
        src: rule.style.getPropertyValue('src'),
        range: rule.style.getPropertyValue('unicode-range'),
        base: sheet.href ?? page.baseURI,
      });
    }
  }
  return found;
}

function bare(name: string): string {
  return name.replace(/^["']|["']$/g, '');
}
