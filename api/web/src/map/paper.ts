// Puts the map, its title, legend, scale and sources onto one picture to be saved.
import { GROUND } from '../colours.ts';
import { MARKS, SIZE } from '../marks.ts';
import { type Entry, scaleBar } from '../picture.ts';
import { LABEL_FONT } from './fonts.ts';
import type { Shot } from './view.ts';

export interface Sheet {
  title: string;
  legend: Entry[];
  source: string;
  shot: Shot;
}

const EDGE = 16;
const LINE = 26;
const HEAD = 56;
const INK = '#1f1b16';
const SOFT = '#57514a';

/** Return a sheet as a picture (PNG), as sharp as its map. */
export async function onPaper(sheet: Sheet): Promise<Blob> {
  const { width, height, sharp, picture } = sheet.shot;
  await fonts(sheet);
  const measuring = brushOf(document.createElement('canvas'));
  measuring.font = font(14);
  const rows = flowed(sheet.legend, width - 2 * EDGE, (words) => measuring.measureText(words).width);
  const canvas = document.createElement('canvas');
  canvas.width = width * sharp;
  canvas.height = (HEAD + height + LINE * (rows.length + 1) + EDGE * 1.5) * sharp;
  const brush = brushOf(canvas);
  brush.scale(sharp, sharp);
  brush.fillStyle = '#ffffff';
  brush.fillRect(0, 0, width, canvas.height / sharp);
  write(brush, sheet.title, EDGE, HEAD / 2, font(20, 700), INK);
  brush.drawImage(picture, 0, HEAD, width, height);
  drawScale(brush, sheet.shot, HEAD + height - EDGE);
  rows.forEach((row, number) => {
    const y = HEAD + height + EDGE / 2 + LINE * (number + 0.5);
    for (const { entry, x } of row) drawEntry(brush, entry, EDGE + x, y);
  });
  const foot = HEAD + height + EDGE / 2 + LINE * (rows.length + 0.5);
  write(brush, sheet.source, EDGE, foot, font(13), SOFT);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('PNG'))), 'image/png');
  });
}

/** Load the fonts' pieces that the words need: a canvas does not ask for them itself. */
async function fonts({ title, legend, source }: Sheet): Promise<void> {
  const words = title + source + legend.map((entry) => entry.words).join('');
  await Promise.all([font(20, 700), font(14)].map((one) => document.fonts.load(one, words)));
}

function font(size: number, weight = 400): string {
  return `${weight} ${size}px "${LABEL_FONT}", sans-serif`;
}

function brushOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const brush = canvas.getContext('2d');
  if (brush === null) throw new Error('this browser cannot draw pictures');
  return brush;
}

const SIGN = 32; // from an entry's sign to its words
const GAP = 22;

/** Return entries in rows of a width, each with its distance from the left. */
export function flowed(
  legend: Entry[],
  width: number,
  measure: (words: string) => number,
): { entry: Entry; x: number }[][] {
  const rows: { entry: Entry; x: number }[][] = [];
  let x = Infinity;
  for (const entry of legend) {
    const needed = ('head' in entry ? 0 : SIGN) + measure(entry.words);
    if (x + needed > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push({ entry, x });
    x += needed + GAP;
  }
  return rows;
}

function drawEntry(brush: CanvasRenderingContext2D, entry: Entry, x: number, y: number): void {
  const text = 'head' in entry ? x : x + SIGN;
  if ('mark' in entry) {
    const { path, fill, edge, sign, ink } = MARKS[entry.mark];
    brush.save();
    brush.translate(x, y - SIZE / 2);
    brush.lineWidth = 2;
    brush.fillStyle = fill;
    brush.strokeStyle = edge;
    brush.fill(new Path2D(path));
    brush.stroke(new Path2D(path));
    brush.strokeStyle = ink;
    if (sign !== null) brush.stroke(new Path2D(sign));
    brush.restore();
  } else if ('patch' in entry) {
    brush.fillStyle = entry.patch;
    brush.strokeStyle = GROUND.edge;
    brush.lineWidth = 1;
    brush.fillRect(x, y - 8, 24, 16);
    brush.strokeRect(x, y - 8, 24, 16);
  } else if ('line' in entry) {
    brush.strokeStyle = entry.line;
    brush.lineWidth = entry.width;
    brush.beginPath();
    brush.moveTo(x, y);
    brush.lineTo(x + 24, y);
    brush.stroke();
  }
  write(brush, entry.words, text, y, font(14), INK);
}

function drawScale(brush: CanvasRenderingContext2D, shot: Shot, bottom: number): void {
  const { pixels, words } = scaleBar(shot.metresPerPixel, 140);
  brush.fillStyle = 'rgb(255 255 255 / .85)';
  brush.fillRect(EDGE - 6, bottom - 26, pixels + 12, 32);
  brush.strokeStyle = INK;
  brush.lineWidth = 2;
  brush.beginPath();
  brush.moveTo(EDGE, bottom - 6);
  brush.lineTo(EDGE, bottom);
  brush.lineTo(EDGE + pixels, bottom);
  brush.lineTo(EDGE + pixels, bottom - 6);
  brush.stroke();
  write(brush, words, EDGE + 4, bottom - 14, font(13), INK);
}

function write(
  brush: CanvasRenderingContext2D, words: string, x: number, y: number, face: string, ink: string,
): void {
  brush.font = face;
  brush.fillStyle = ink;
  brush.textBaseline = 'middle';
  brush.fillText(words, x, y);
} // prettier-ignore
