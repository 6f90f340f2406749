import { argumentWords } from "../../formats/text/command_words.ts";
import { isOurs } from "../../docker/docker_credential.ts";
import type { Holder } from "../../docker/holder.ts";
import { printable } from "./text.ts";

interface HolderInput {
  readonly registry: string;
  readonly holder: Holder;
  /** The integration for the registry; undefined where it was named itself. */
  readonly integration?: string | undefined;
  /** The credential helper that docker asks for the registry. */
  readonly helper?: string | undefined;
  readonly command?: "login" | "configure";
}

/** Returns the warning that docker's login at a registry, or the program it asks, stays another's, with the ways out. */
export function holderLines(input: HolderInput): readonly string[] {
  const { registry, holder, integration, helper = "" } = input;
  const { command = isOurs(helper) ? "configure" : "login" } = input;
  const isProgram = helper !== "" && (command === "configure" || isOurs(helper));
  const what = isProgram ? `docker-credential-${helper} for ${registry}` : `docker's login at ${registry}`;
  const name = integration === undefined ? `--registry ${registry}` : argumentWords(integration);
  return [
    `Warning: ${what} stays: ${describeHolder(holder)}`,
    `Hint: To replace it: atmos aws ecr ${command} ${name}`,
    "Hint: To keep both: set DOCKER_CONFIG to another directory for this one",
  ].map(printable);
}

/** Returns whose it is, for the end of a sentence. */
export function describeHolder(holder: Holder): string {
  if (holder.kind !== "other") return "it is not one that atmos has made";
  const { identity, configLocation } = holder;
  return `it belongs to ${identity === null ? "" : `identity "${identity}" of `}${configLocation}`;
}
