// What every part of an elder's file is given.
import type { ViewProperties } from '../view.ts';
import type { Elder } from './types.ts';

export interface FilePart {
  client: ViewProperties['client'];
  say: ViewProperties['say'];
  path: string;
  today: string;
  elder: Elder;
  /** Show the file as the service sent it after a change. */
  keep: (elder: Elder) => void;
}
