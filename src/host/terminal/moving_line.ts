import { exitOnSignals } from "../process/exit_signals.ts";

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
/** What is over sooner needs no line. */
const PATIENCE_FRAMES = 3;
const ERASE = "\r\x1b[K";

type Write = (text: string) => void;

/**
 * A line at the end of a terminal that moves while something goes on. The cursor is never hidden, so that nothing can
 * leave it so.
 */
interface MovingLine {
  readonly on: boolean;
  /** The text of the first one that has not ended is shown; gives what ends it. */
  start(text: string): () => void;
  /** Writes something else above it. */
  beside(write: Write, text: string): void;
  /** Leaves the terminal to what a person types. */
  without<T>(body: () => Promise<T>): Promise<T>;
}

interface MovingLineInput {
  readonly write: Write;
  readonly size: () => { readonly columns: number };
  /** Calls `step` again and again, and `erase` when the process ends; gives what ends that. */
  readonly animate: (step: () => void, erase: () => void) => () => void;
}

/** The state of one terminal's moving line. */
interface Moving {
  readonly waits: { readonly text: string }[];
  frame: number;
  /** Whether it is on the screen now. */
  shown: boolean;
  /** Whether the line above is without its end, so that there is no room. */
  open: boolean;
  /** How many readers have the terminal. */
  held: number;
  end(): void;
}

export function movingLine(input: MovingLineInput): MovingLine {
  const moving: Moving = { waits: [], frame: 0, shown: false, open: false, held: 0, end: () => {} };
  return {
    get on() {
      return moving.waits.length > 0;
    },
    start: (text) => start(moving, { ...input, text }),
    beside(other, text) {
      erase(moving, input);
      other(text);
      if (text !== "") moving.open = !text.endsWith("\n");
      draw(moving, input);
    },
    async without(body) {
      erase(moving, input);
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

function start(moving: Moving, { text, ...input }: MovingLineInput & { readonly text: string }): () => void {
  const wait = { text };
  if (moving.waits.push(wait) === 1) begin(moving, input);
  return () => {
    const at = moving.waits.indexOf(wait);
    if (at < 0) return;
    moving.waits.splice(at, 1);
    if (moving.waits.length === 0) moving.end();
  };
}

function begin(moving: Moving, input: MovingLineInput): void {
  const step = () => {
    moving.frame++;
    draw(moving, input);
  };
  const stop = input.animate(step, () => erase(moving, input));
  const end = () => {
    stop();
    erase(moving, input);
  };
  Object.assign(moving, { frame: 0, open: false, end });
}

function erase(moving: Moving, { write }: MovingLineInput): void {
  if (moving.shown) write(ERASE);
  moving.shown = false;
}

function draw(moving: Moving, { write, size }: MovingLineInput): void {
  const [first] = moving.waits;
  if (first === undefined || moving.open || moving.held > 0 || moving.frame < PATIENCE_FRAMES) return;
  // The last column stays free: some terminals go on to the next line there.
  write(`${ERASE}${`${FRAMES[moving.frame % FRAMES.length]} ${first.text}`.slice(0, size().columns - 1)}`);
  moving.shown = true;
}

const FRAME_MS = 100;

/** Calls `step` again and again, and `erase` when the process ends; gives what ends that. */
export function animate(step: () => void, erase: () => void): () => void {
  const timer = setInterval(step, FRAME_MS);
  addEventListener("unload", erase);
  const release = exitOnSignals();
  return () => {
    clearInterval(timer);
    release();
    removeEventListener("unload", erase);
  };
}
