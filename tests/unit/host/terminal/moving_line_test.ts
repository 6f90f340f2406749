import { deepEqual, equal } from "node:assert/strict";
import { animate, movingLine } from "../../../../src/host/terminal/moving_line.ts";

const ERASE = "\r\x1b[K";

/** A terminal, and time that passes by steps. */
function screen(columns = 80) {
  let written = "";
  let [step, erase] = [() => {}, () => {}];
  let running = 0;
  const write = (text: string) => void (written += text);
  const line = movingLine({
    write,
    size: () => ({ columns }),
    animate(one, other) {
      [step, erase] = [one, other];
      running++;
      return () => void running--;
    },
  });
  const taken = () => {
    const text = written;
    written = "";
    return text;
  };
  const steps = (count: number) => Array.from({ length: count }).forEach(() => step());
  return { line, write, steps, taken, end: () => erase(), running: () => running };
}

Deno.test("moving line: shown after a moment, moves, and leaves nothing", () => {
  const { line, steps, taken, running } = screen();
  equal(line.on, false);
  const stop = line.start("Waiting");
  equal(line.on, true);
  steps(2);
  equal(taken(), "");
  steps(1);
  equal(taken(), `${ERASE}⠸ Waiting`);
  steps(1);
  equal(taken(), `${ERASE}⠼ Waiting`);
  stop();
  deepEqual([taken(), line.on, running()], [ERASE, false, 0]);
  stop();
  equal(taken(), "");
});

Deno.test("moving line: what is written meanwhile has lines of its own", () => {
  const { line, write, steps, taken } = screen();
  const stop = line.start("Waiting");
  line.beside(write, "early\n");
  equal(taken(), "early\n");
  steps(3);
  taken();
  line.beside(write, "said\n");
  equal(taken(), `${ERASE}said\n${ERASE}⠸ Waiting`);
  line.beside(write, "Code: ");
  steps(5);
  equal(taken(), `${ERASE}Code: `, "a question stays the last thing");
  line.beside(write, "");
  steps(1);
  equal(taken(), "");
  line.beside(write, "\n");
  equal(taken(), `\n${ERASE}⠏ Waiting`);
  stop();
});

Deno.test("moving line: gone while a person types", async () => {
  const { line, write, steps, taken } = screen();
  const stop = line.start("Waiting");
  steps(3);
  line.beside(write, "Code: ");
  taken();
  const typed = await line.without(() => {
    steps(3);
    equal(taken(), "");
    return Promise.resolve("123");
  });
  equal(typed, "123");
  steps(1);
  equal(taken(), `${ERASE}⠧ Waiting`);
  stop();
});

Deno.test("moving line: of several the first is seen, until the last has ended", () => {
  const { line, steps, taken, running } = screen();
  const [one, two] = [line.start("one"), line.start("two")];
  equal(running(), 1);
  steps(3);
  equal(taken(), `${ERASE}⠸ one`);
  one();
  equal(taken(), "");
  steps(1);
  equal(taken(), `${ERASE}⠼ two`);
  two();
  deepEqual([taken(), running()], [ERASE, 0]);
});

Deno.test("moving line: fits a narrow terminal, and goes when the process ends", () => {
  const { line, steps, taken, end } = screen(8);
  line.start("Waiting");
  steps(3);
  equal(taken(), `${ERASE}⠸ Waiti`);
  end();
  equal(taken(), ERASE);
});

Deno.test("animate: steps until it is ended; the end of the process erases", async () => {
  let erased = 0;
  let stop = () => {};
  await new Promise<void>((resolve) => stop = animate(resolve, () => erased++));
  dispatchEvent(new Event("unload"));
  stop();
  dispatchEvent(new Event("unload"));
  equal(erased, 1);
});
