// Handing a place over to a navigation program: each gets the coordinates of its own system.
import type { Mode, Place } from './types.ts';

export type Program = 'amap' | 'baidu' | 'tencent';

const AMAP: Record<Mode, string> = { foot: 'walk', bicycle: 'ride', ebike: 'ride', car: 'car' };
const TENCENT: Record<Mode, string> = { foot: 'walk', bicycle: 'bike', ebike: 'bike', car: 'drive' };

/**
 * Return the addresses that open a place in AMap 高德, Baidu 百度 and Tencent 腾讯. `label` is what
 * they show; nobody's name is handed over.
 */
export function navigationLinks(place: Place, mode: Mode, label: string): Record<Program, string> {
  const [gcjLon, gcjLat] = place.gcj02;
  const [bdLon, bdLat] = place.bd09;
  return {
    amap: link('https://uri.amap.com/navigation', {
      to: `${gcjLon},${gcjLat},${label}`,
      mode: AMAP[mode],
      coordinate: 'gaode',
      callnative: '1',
      src: 'mealsvc',
    }),
    baidu: link('https://api.map.baidu.com/marker', {
      location: `${bdLat},${bdLon}`,
      title: label,
      content: label,
      coord_type: 'bd09ll',
      output: 'html',
      src: 'mealsvc',
    }),
    tencent: link('https://apis.map.qq.com/uri/v1/routeplan', {
      type: TENCENT[mode],
      to: label,
      tocoord: `${gcjLat},${gcjLon}`,
      policy: '0',
      referer: 'mealsvc',
    }),
  };
}

function link(address: string, values: Record<string, string>): string {
  const pairs = Object.entries(values).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `${address}?${pairs.join('&')}`;
}
