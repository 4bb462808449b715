// A photo from the camera made small: drawn anew, so that nothing but the picture is left of it.

/** Largest file that is sent, bytes. */
export const MOST_BYTES = 400_000;

/** The file is no picture that this browser can read. */
export class NoPhoto extends Error {}

/** Sizes of the longer side and qualities, tried until the file is small enough. */
const TRIES: readonly (readonly [side: number, quality: number])[] = [
  [1600, 0.8], [1600, 0.6], [1200, 0.6], [1000, 0.5], [800, 0.4], [600, 0.3],
]; // prettier-ignore

/**
 * Return a picture as a JPEG file of at most 400 KB, upright. Drawing it anew leaves out what cameras
 * write beside the picture: place, time, device.
 */
export async function shrunk(file: Blob): Promise<ArrayBuffer> {
  const picture = await readable(file);
  try {
    for (const [side, quality] of TRIES) {
      const jpeg = await drawn(picture, side, quality);
      if (jpeg.size <= MOST_BYTES) return await jpeg.arrayBuffer();
    }
  } finally {
    picture.close();
  }
  throw new NoPhoto();
}

async function readable(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (error) {
    if (error instanceof DOMException) throw new NoPhoto();
    throw error;
  }
}

function drawn(picture: ImageBitmap, side: number, quality: number): Promise<Blob> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) throw new NoPhoto();
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (jpeg) => (jpeg === null ? reject(new NoPhoto()) : resolve(jpeg)),
      'image/jpeg',
      quality,
    ),
  );
}
