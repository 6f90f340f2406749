import { deepEqual, equal, match } from "node:assert/strict";
import { hasProgram } from "../machine/has_program.ts";
import { addEntry, type DoctorOptions, type DoctorWorld, doctorWorld, type ReportedStep } from "./doctor_world.ts";

/** What a step that is not well has to say. */
type Expected = readonly [state: ReportedStep["state"], found: RegExp, advice?: RegExp];

/** A set-up that is broken, and the report of it. */
export interface DoctorCase extends DoctorOptions {
  /** Breaks what was whole: the cluster's entry is in ~/.kube/config, unless `hasNoEntry`. */
  readonly break?: (world: DoctorWorld) => void | Promise<void>;
  readonly hasNoEntry?: true;
  /** The words after `atmos`; those of `aws eks doctor` by default. */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  /** Every step with a warning or a failure, and what else matters. */
  readonly steps: Readonly<Record<string, Expected>>;
  readonly status: number;
  /** Whether the commands that are advised make everything well; what has to happen before, as AWS would do it. */
  readonly isFixed?: true | ((world: DoctorWorld) => void);
  /** Why its advice is not followed here, where it has some. */
  readonly notFollowed?: string;
  /** Programs that the case needs. */
  readonly programs?: readonly string[];
}

/** Makes a test of each case: its report is the expected one, and what it advises helps. */
export function testCases(cases: Readonly<Record<string, DoctorCase>>): void {
  for (const [name, one] of Object.entries(cases)) {
    const programs = ["openssl", ...one.programs ?? []];
    const ignore = !programs.every((program) => hasProgram(program, `doctor: ${name}`));
    Deno.test({ name: `doctor: ${name}`, ignore, fn: () => runCase(one) });
  }
}

async function runCase(one: DoctorCase): Promise<void> {
  await using world = await doctorWorld(one);
  if (!one.hasNoEntry) await addEntry(world);
  await one.break?.(world);
  const before = world.home.files().toSorted();
  const { run, steps } = await examine(world, one);
  equal(run.stderr, "");
  checkCommands(steps, named(world));
  for (const [id, [state, found, advice]] of Object.entries(one.steps)) {
    const step = steps.find((step) => step.id === id);
    equal(step?.state, state, `${id}: ${run.stdout}`);
    match(step!.found, found);
    if (advice !== undefined) match(adviceIn(step!).replaceAll(` ${named(world)}`, ""), advice);
  }
  const expected = Object.entries(one.steps).filter(([, [state]]) => isBad(state)).map(([id]) => id);
  deepEqual(badSteps(steps).map(({ id }) => id).toSorted(), expected.toSorted(), run.stdout);
  equal(run.status, one.status, run.stdout);
  deepEqual(world.home.files().toSorted(), before, "a doctor changes nothing");
  const isAdvised = badSteps(steps).some(({ fix }) => fix !== null);
  equal(
    isAdvised,
    (one.isFixed ?? one.notFollowed) !== undefined,
    "what is advised is followed, or it is said why not",
  );
  if (one.isFixed !== undefined) await followAdvice(world, one, steps);
}

/** What names the configuration: each command that is advised has to be for the same one. */
function named(world: DoctorWorld): string {
  return `-C ${world.home.at("repo")}`;
}

function examine(world: DoctorWorld, { args = [], command }: DoctorCase) {
  return world.doctor([...named(world).split(" "), ...args], command);
}

function adviceIn({ fix, hint }: ReportedStep): string {
  return `${fix ?? ""}\n${hint ?? ""}`;
}

/** Each command of this program, in whatever advice of whatever step, names the configuration. */
function checkCommands(steps: readonly ReportedStep[], words: string): void {
  const text = steps.map((step) => `${step.found}\n${adviceIn(step)}`).join("\n");
  const commands = text.match(/\batmos (?:auth|aws|list|describe) [^\n]*/g) ?? [];
  for (const command of commands) equal(command.split(words).length - 1, 1, command);
}

function isBad(state: ReportedStep["state"]): boolean {
  return state === "failure" || state === "warning";
}

function badSteps(steps: readonly ReportedStep[]): readonly ReportedStep[] {
  return steps.filter(({ state }) => isBad(state));
}

/** What one command fixes may show what the next one is for. */
const MOST_ROUNDS = 3;

async function followAdvice(
  world: DoctorWorld,
  one: DoctorCase,
  given: readonly ReportedStep[],
): Promise<void> {
  let steps = given;
  if (typeof one.isFixed === "function") one.isFixed(world);
  for (let round = 0; round < MOST_ROUNDS && badSteps(steps).length > 0; round++) {
    const fix = badSteps(steps).find((step) => step.fix !== null)?.fix;
    if (typeof fix !== "string") break;
    const { status, stdout, stderr } = await world.shell(fix);
    equal(status, 0, `${fix}\n${stdout}${stderr}`);
    ({ steps } = await examine(world, one));
  }
  deepEqual(badSteps(steps), []);
}

/** Changes the text of the user's kubeconfig. */
export function editEntry(world: DoctorWorld, pattern: RegExp, text: string): void {
  const path = ".kube/config";
  const old = world.home.read(path)!;
  match(old, pattern);
  world.home.write(path, old.replace(pattern, text), 0o600);
}
