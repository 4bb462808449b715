// A photo for a report: taken or chosen, shrunk here, so that its place and time never leave the phone.
import { useEffect, useRef, useState } from 'preact/hooks';

import type { Actions } from '../actions.ts';
import { NoPhoto, shrunk } from '../photo.ts';

interface Properties {
  actions: Actions;
  onPhoto: (photo: ArrayBuffer | null) => void;
}

type Shown = { kind: 'none' } | { kind: 'busy' } | { kind: 'bad' } | { kind: 'ready'; photo: ArrayBuffer };

export function PhotoField({ actions, onPhoto }: Properties) {
  const { say } = actions;
  const [shown, show] = useState<Shown>({ kind: 'none' });
  const field = useRef<HTMLInputElement>(null);
  const clear = () => {
    if (field.current) field.current.value = '';
    show({ kind: 'none' });
    onPhoto(null);
  };
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    show({ kind: 'busy' });
    onPhoto(null);
    try {
      const photo = await shrunk(file);
      show({ kind: 'ready', photo });
      onPhoto(photo);
    } catch (error) {
      if (!(error instanceof NoPhoto)) throw error;
      clear();
      show({ kind: 'bad' });
    }
  };
  return (
    <div class="photo">
      <label for="photo">{say('photo_optional')}</label>
      <input id="photo" ref={field} type="file" accept="image/*" onChange={(event) => void take(event.currentTarget.files?.[0])} />
      <p role="status">
        {shown.kind === 'busy' && say('photo_busy')}
        {shown.kind === 'ready' && say('photo_ready', { size: Math.ceil(shown.photo.byteLength / 1000) })}
      </p>
      {shown.kind === 'bad' && <p class="alert" role="alert">{say('no_photo')}</p>}
      {shown.kind === 'ready' && (
        <>
          <Preview photo={shown.photo} />
          <button type="button" class="quiet" onClick={clear}>{say('remove_photo')}</button>
        </>
      )}
    </div>
  );
}

/** The photo as it will be sent; drawn, since the page shows no pictures from elsewhere. */
function Preview({ photo }: { photo: ArrayBuffer }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    void createImageBitmap(new Blob([photo])).then((picture) => {
      if (canvas.current === null) return;
      canvas.current.width = 240;
      canvas.current.height = Math.round((240 * picture.height) / picture.width);
      canvas.current.getContext('2d')?.drawImage(picture, 0, 0, 240, canvas.current.height);
      picture.close();
    });
  }, [photo]);
  return <canvas ref={canvas} aria-hidden="true" />;
}
