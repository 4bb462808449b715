// Files to take away: which there are of what is worked on, and where the service has them.
import type { State } from './state.ts';

export const FILE_LAYERS = ['sites', 'cells', 'bands', 'areas'] as const;
export type FileLayer = (typeof FILE_LAYERS)[number];

export interface Files {
  report: string;
  package: string;
  layers: { layer: FileLayer; geojson: string; csv: string }[];
}

type Known = Pick<State, 'working' | 'trying' | 'comparing'>;

/** Return the addresses of the files of the working scenario as it is saved, else of the present. */
export function filesOf(state: Known, language: string): Files {
  const { working, trying, comparing } = state;
  const wanted = new URLSearchParams();
  if (working.number !== null) wanted.set('scenario', String(working.number));
  if (trying.population !== null) wanted.set('population', trying.population);
  if (trying.boundaries !== null) wanted.set('boundaries', trying.boundaries);
  const address = (path: string, more: Record<string, string> = {}) => {
    const query = new URLSearchParams([...wanted, ...Object.entries(more)]).toString();
    return `/api/v1/siting/${path}${query && '?'}${query}`;
  };
  // What is compared on this page is compared on paper too.
  const { before, after } = comparing;
  const against = before !== null && after === working.number ? { against: String(before) } : {};
  const bounded = trying.sets?.some((set) => set.kind === 'boundaries') ?? false;
  return {
    report: address('report.pdf', { ...against, lang: language }),
    package: address('coverage.gpkg'),
    layers: FILE_LAYERS.filter((layer) => layer !== 'areas' || bounded).map((layer) => ({
      layer,
      geojson: address(`layers/${layer}.geojson`),
      csv: address(`layers/${layer}.csv`),
    })),
  };
}
