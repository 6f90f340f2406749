import { AppError } from "../errors.ts";
import { hintWithSkipped } from "../config/values/skipped_import.ts";
import { isHidden, showName } from "../config/values/fetched.ts";
import { closest } from "../formats/text/closest.ts";
import { resolveComponent } from "./components/component.ts";
import { componentKeys, listComponentKinds, nameMark } from "./components/component_names.ts";
import type { Stack } from "./manifests/layers.ts";
import { isFileName, type StackIndex } from "./stack_index.ts";
import { type StackName, stackName } from "./stack_name.ts";
import { unusableError } from "./unusable_stack.ts";
import { LIST_STACKS, nameSetting, type Remedy, remedy } from "../remedy.ts";

/**
 * Why there is no such component: the stack's name is wrong, the component's is, or something is wrong with what
 * defines it. A broken manifest is to blame only where no name like that is known.
 */
export async function missingComponent(
  index: StackIndex,
  { name, stack }: { readonly name: string; readonly stack: string | undefined },
): Promise<AppError> {
  const within = await findStacks(index, stack);
  if (within.length === 0) return await missingStack(index, stack);
  await failAgain(index, { within, name });
  const names = within.flatMap((one) =>
    componentKeys(one).map((key) => ({ text: key.name, fetched: nameMark(one, key) }))
  );
  const meant = meaning(name, names);
  const [failure] = index.failures;
  if (stack === undefined && meant === "" && failure !== undefined) return failure;
  const where = stack === undefined ? "no stack has it" : `the stack "${stack}" does not have it`;
  return new AppError("config-not-found", `Cannot find component "${name}": ${where}${meant}`, {
    hint: hintFor(index, ["List them: ", {
      kind: "list-components",
      ...(stack === undefined ? {} : { stack }),
    }]),
  });
}

/** There is no stack of that name, or none at all; or it is there, and cannot be used. */
export async function missingStack(index: StackIndex, stack: string | undefined): Promise<AppError> {
  const names = await allNames(index);
  const broken = await unusableError(index, { stack, component: undefined });
  if (broken !== undefined) return broken;
  const other = (await index.stacks()).find(({ file }) => file === stack);
  if (other !== undefined) return await findOtherName(index, other);
  const [failure] = index.failures;
  const meant = meaning(stack ?? "", names);
  if (failure !== undefined && meant === "") return failure;
  if (names.length === 0) return noManifests(index);
  return new AppError("config-not-found", `Cannot find stack "${stack}": no stack has that name${meant}`, {
    hint: hintFor(index, remedy`List them: ${LIST_STACKS}${unread(failure)}`),
  });
}

/** A stack that is asked for by its file, and has a name. */
async function findOtherName(index: StackIndex, stack: Stack): Promise<AppError> {
  const names = await index.namesOf(stack);
  const found = `the stack in that file is called ${names.map((name) => `"${showName(name)}"`).join(" or ")}`;
  return new AppError("config-not-found", `Cannot find stack "${stack.file}": ${found}`, {
    hint: names.some(({ fetched }) => isHidden(fetched))
      ? "Use a stack name that is not made from one of your files or variables"
      : remedy`Use its name: ${nameSetting("stack", names[0]?.text)}`,
  });
}

function hintFor({ settings, skippedImports }: StackIndex, hint: Remedy): Remedy {
  return hintWithSkipped([...settings.skippedImports, ...skippedImports], hint);
}

/** A component that is there, and still was not found, has a fault: throws it. */
async function failAgain(
  { settings }: StackIndex,
  { within, name }: { readonly within: readonly Stack[]; readonly name: string },
): Promise<void> {
  for (const stack of within) {
    for (const kind of listComponentKinds(stack, name)) {
      await stackName(resolveComponent(stack, { key: { kind, name }, settings }), settings);
    }
  }
}

function noManifests(index: StackIndex): AppError {
  const { directory, included } = index.settings;
  const found = `"${directory}" has no stack manifests (${included.join(", ")})`;
  return new AppError("config-not-found", `Cannot find a stack: ${found}`, {
    hint: hintFor(index, "Set stacks.base_path and stacks.included_paths in atmos.yaml"),
  });
}

async function allNames(index: StackIndex): Promise<readonly StackName[]> {
  const names: StackName[] = [];
  for (const stack of await index.stacks()) {
    if (isFileName(stack, stack.file)) names.push({ text: stack.file });
    names.push(...await index.namesOf(stack));
  }
  return names;
}

function unread(failure: AppError | undefined): string {
  if (failure === undefined) return "";
  const { place, message } = failure;
  const where = place?.file === undefined ? message : `${place.file}:${place.line}:${place.column}`;
  return ` (some cannot be read: ${where})`;
}

function meaning(word: string, names: readonly StackName[]): string {
  const known = names.filter(({ fetched }) => !isHidden(fetched)).map(({ text }) => text);
  const near = closest(word, [...new Set(known)]).map((one) => `"${one}"`).join(" or ");
  return near === "" ? "" : `; did you mean ${near}?`;
}

/** The stacks of that name, or of that path below `stacks.base_path`; all when none is said. Permission: read. */
export async function findStacks(index: StackIndex, name: string | undefined): Promise<readonly Stack[]> {
  if (name === undefined) return await index.stacks();
  const likely = await renderCalled(index, { name, among: await index.likelyStacks(name) });
  return likely.length > 0 ? likely : await renderCalled(index, { name, among: await index.stacks() });
}

async function renderCalled(
  index: StackIndex,
  { name, among }: { readonly name: string; readonly among: readonly Stack[] },
): Promise<readonly Stack[]> {
  const found: Stack[] = [];
  for (const stack of among) {
    if (await index.isCalled(stack, name)) found.push(stack);
  }
  return found;
}
