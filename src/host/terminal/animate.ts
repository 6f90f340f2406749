const FRAME_MS = 100;

/** Calls `step` again and again, and `erase` when the process ends; gives what ends that. */
export function animate(step: () => void, erase: () => void): () => void {
  const timer = setInterval(step, FRAME_MS);
  addEventListener("unload", erase);
  return () => {
    clearInterval(timer);
    removeEventListener("unload", erase);
  };
}
