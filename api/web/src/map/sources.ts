// Sources of shapes on the map, given new data only when what they are made from changed.
import type { GeoJSONSource, Map as MapView } from 'maplibre-gl';

const madeFrom = new WeakMap<MapView, Map<string, readonly unknown[]>>();

/**
 * Give a source the shapes that `make` makes, unless it was made from the same parts before.
 * Return whether it was given any.
 */
export function put(
  map: MapView,
  id: string,
  parts: readonly unknown[],
  make: () => GeoJSON.FeatureCollection,
): boolean {
  const made = madeFrom.get(map) ?? new Map<string, readonly unknown[]>();
  madeFrom.set(map, made);
  const before = made.get(id);
  if (before?.every((part, place) => part === parts[place])) return false;
  made.set(id, parts);
  (map.getSource(id) as GeoJSONSource).setData(make());
  return true;
}

/** Return whether all that sources were given is ready to be drawn with the next frame. */
export function areReady(map: MapView): boolean {
  return [...(madeFrom.get(map)?.keys() ?? [])].every((id) => map.isSourceLoaded(id));
}

/** Return features as a collection, those without a place left out. */
export function collection(
  features: { type: 'Feature'; geometry: GeoJSON.Geometry | null; properties: object }[],
): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: features.filter((one) => one.geometry !== null) as GeoJSON.Feature[],
  };
}
