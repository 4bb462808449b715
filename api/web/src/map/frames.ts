// Tells when the frame that was drawn last is finished, which without a graphics card is long after it was begun.
const POLL = 5; // milliseconds

/** Call back once the drawing context of a canvas has done all that it was told so far. */
export function whenDone(canvas: HTMLCanvasElement, done: () => void): void {
  const context = canvas.getContext('webgl2');
  const fence = context?.fenceSync(context.SYNC_GPU_COMMANDS_COMPLETE, 0) ?? null;
  if (context === null || fence === null) {
    done(); // the context was lost: nothing will ever be drawn
    return;
  }
  context.flush();
  const look = () => {
    if (context.getSyncParameter(fence, context.SYNC_STATUS) === context.UNSIGNALED) {
      setTimeout(look, POLL);
      return;
    }
    context.deleteSync(fence);
    done();
  };
  setTimeout(look, POLL);
}
