import { configLocation } from "../../config/config_location.ts";
import { findDirectoryNamed, type LoadedConfig } from "../../config/load_config.ts";
import type { OwnConfig } from "../../config/own_changes.ts";
import type { SourceHost } from "../../config/sources.ts";
import type { Needs } from "../../host/host.ts";
import type { StoreHost } from "../../store/replace.ts";
import { readState, updateState } from "../../store/state/state_list.ts";
import { type ConfigGlobals, configInput } from "./config_input.ts";

/** What a user has chosen for a configuration. */
export interface ProjectChoice {
  /** What tells the configuration from all others. */
  readonly location: string;
  /** The identity of `auth use`. */
  readonly used?: string;
  /** The one before it. */
  readonly before?: string;
  /** The one that was last picked from a list: there the next list begins. */
  readonly picked?: string;
}

export interface ChoiceInput {
  readonly config: LoadedConfig;
  readonly globals: ConfigGlobals;
}

const CHOICES = { name: "auth/choices.json", read: choicesIn };
/** The oldest go first. */
const MOST = 500;

/** Returns what was chosen for the configuration; undefined for nothing. Permissions: read, env, sys. */
export function readProjectChoice(host: SourceHost & Needs<"sys">, input: ChoiceInput): ProjectChoice | undefined {
  return findChoice(host, () => findLocation(host, input));
}

/** Returns what was chosen for the user's own files, as they are without any others. Permissions: read, env, sys. */
export function readOwnChoice(
  host: SourceHost & Needs<"sys">,
  { own, globals }: { readonly own: OwnConfig; readonly globals: ConfigGlobals },
): ProjectChoice | undefined {
  return findChoice(host, () => configLocation(host, { ...configInput(globals), root: own.own, ownFiles: own.files }));
}

function findChoice(
  host: SourceHost & Needs<"sys">,
  locate: () => string | undefined,
): ProjectChoice | undefined {
  const known = readState(host, CHOICES);
  if (known.length === 0) return undefined;
  const location = locate();
  return known.find((one) => one.location === location);
}

/**
 * Changes what is chosen for the configuration, and returns whether it has a place to be known by. Permissions: read,
 * env, sys, write.
 */
export async function updateProjectChoice(
  host: StoreHost & SourceHost,
  { edit, ...input }: ChoiceInput & { readonly edit: (choice: ProjectChoice) => ProjectChoice },
): Promise<boolean> {
  const location = findLocation(host, input);
  if (location === undefined) return false;
  const changed = (known: readonly ProjectChoice[]) => {
    const old = known.find((one) => one.location === location) ?? { location };
    return [...known.filter((one) => one.location !== location), edit(old)].slice(-MOST);
  };
  await updateState(host, { ...CHOICES, edit: changed });
  return true;
}

/** Returns what tells the configuration from all others; undefined where there is none. Permissions: read, env, sys. */
export function findLocation(host: SourceHost & Needs<"sys">, { config, globals }: ChoiceInput): string | undefined {
  if (findDirectoryNamed(config) === undefined) return undefined;
  return configLocation(host, { ...configInput(globals), root: config.root, ownFiles: config.ownFiles });
}

function choicesIn(value: unknown): readonly ProjectChoice[] | undefined {
  return Array.isArray(value) ? value.filter(isChoice) : undefined;
}

function isChoice(value: unknown): value is ProjectChoice {
  if (typeof value !== "object" || value === null || !("location" in value)) return false;
  return Object.values(value).every((one) => typeof one === "string");
}
