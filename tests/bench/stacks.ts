import { type Candidate, measure, peakMemory } from "./measure.ts";
import { type Bench, milliseconds } from "./row.ts";
import { stackFiles } from "./stack_files.ts";
import { surroundings } from "./surroundings.ts";

const MANY = 500;
const FEW = 50;
/** Milliseconds above the start, and MiB, for the largest repository. */
const AT_MOST = { time: 400, memory: 300 };

/** A component of one stack among 500, each with 40 components: time, memory, and growth from 50 stacks. */
export const bench: Bench = {
  name: "stacks",
  async run() {
    await using place = await surroundings();
    const among = (stacks: number): Candidate => {
      for (const [path, text] of Object.entries(stackFiles(stacks))) place.home.write(`r${stacks}/${path}`, text);
      const stack = `t${stacks / 10 - 1}-ue2-s9`;
      const words = ["-C", place.home.at(`r${stacks}`), "describe", "component", "component-7", "-s", stack];
      return { words: place.atmos(...words), env: place.env };
    };
    const list: Candidate = { words: place.atmos("-C", place.home.at(`r${MANY}`), "list", "stacks"), env: place.env };
    const [few, many] = [among(FEW), among(MANY)];
    const version: Candidate = { words: place.atmos("version"), env: place.env };
    const times = await measure({ runs: 7, candidates: { version, few, many, list } });
    const memory = await peakMemory(many) ?? 0;
    const growth = (times.many - times.version) / (times.few - times.version);
    return [
      {
        work: `a component among ${MANY} stacks x 40, to ${FEW} stacks, above the start`,
        ours: milliseconds(times.many),
        peer: milliseconds(times.few),
        ratio: growth.toFixed(2),
        target: `<= ${AT_MOST.time} ms above, <= ${MANY / FEW}`,
        ok: times.many - times.version <= AT_MOST.time && growth <= MANY / FEW,
      },
      {
        work: `peak memory of that`,
        ours: `${memory.toFixed(0)} MiB`,
        peer: "",
        ratio: "",
        target: `<= ${AT_MOST.memory} MiB`,
        ok: memory <= AT_MOST.memory,
      },
      {
        work: `list stacks of ${MANY}`,
        ours: milliseconds(times.list),
        peer: "",
        ratio: "",
        target: "",
        ok: undefined,
      },
    ];
  },
};
