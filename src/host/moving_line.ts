const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 100;
/** What is over sooner needs no line. */
const PATIENCE_FRAMES = 3;
const ERASE = "\r\x1b[K";

type Write = (text: string) => void;

/** A line at the end of a terminal that moves while something goes on. The cursor is never hidden, so nothing can leave it so. */
export interface MovingLine {
  readonly on: boolean;
  /** @returns what ends it */
  start(text: string): () => void;
  /** Writes something else above it. */
  beside(write: Write, text: string): void;
  /** Leaves the terminal to what a person types. */
  without<T>(body: () => Promise<T>): Promise<T>;
}

/** The state of one terminal's moving line. */
interface Moving {
  text: string | undefined;
  frame: number;
  /** Whether it is on the screen now. */
  shown: boolean;
  /** Whether the line above is without its end, so that there is no room. */
  open: boolean;
  /** How many readers have the terminal. */
  held: number;
}

/** Writes to a terminal of that size. */
export function movingLine(write: Write, size: () => { readonly columns: number }): MovingLine {
  const moving: Moving = { text: undefined, frame: 0, shown: false, open: false, held: 0 };
  const erase = () => {
    if (moving.shown) write(ERASE);
    moving.shown = false;
  };
  const draw = () => {
    if (moving.text === undefined || moving.open || moving.held > 0 || moving.frame < PATIENCE_FRAMES) return;
    // The last column stays free: some terminals go on to the next line there.
    write(`${ERASE}${`${FRAMES[moving.frame % FRAMES.length]} ${moving.text}`.slice(0, size().columns - 1)}`);
    moving.shown = true;
  };
  return {
    get on() {
      return moving.text !== undefined;
    },
    start(text) {
      if (moving.text !== undefined) return () => {};
      Object.assign(moving, { text, frame: 0, open: false });
      const stop = animated(() => (moving.frame++, draw()), erase);
      return () => {
        stop();
        moving.text = undefined;
      };
    },
    beside(other, text) {
      erase();
      other(text);
      if (text !== "") moving.open = !text.endsWith("\n");
      draw();
    },
    async without(body) {
      erase();
      moving.held++;
      try {
        return await body();
      } finally {
        moving.held--;
        moving.open = false;
      }
    },
  };
}

/** Ends by itself, and leaves nothing on the screen, when the process does. */
function animated(step: () => void, erase: () => void): () => void {
  const timer = setInterval(step, FRAME_MS);
  addEventListener("unload", erase);
  return () => {
    clearInterval(timer);
    removeEventListener("unload", erase);
    erase();
  };
}
