import { argumentWords } from "../../formats/text/command_words.ts";
import { joinLines, nameCommand, remedy } from "../../remedy.ts";
import { isOurs } from "../../docker/docker_credential.ts";
import type { Needs } from "../../host/host.ts";
import type { Holder } from "../../docker/holder.ts";
import { hintLines, renderParts } from "./remedy.ts";
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
export function holderLines(host: Needs<never>, input: HolderInput): readonly string[] {
  const { registry, holder, integration, helper = "" } = input;
  const { command = isOurs(helper) ? "configure" : "login" } = input;
  const isProgram = helper !== "" && (command === "configure" || isOurs(helper));
  const what = isProgram ? `docker-credential-${helper} for ${registry}` : `docker's login at ${registry}`;
  const named = integration === undefined ? ["--registry", registry] : argumentWords(integration);
  const login = nameCommand("aws", "ecr", command, ...named);
  const remedies = [
    remedy`To replace it: ${login}`,
    "To keep both, set DOCKER_CONFIG to another directory for this one",
  ];
  const hints = hintLines(renderParts(host, joinLines(remedies)));
  return [printable(`Warning: ${what} stays: ${describeHolder(holder)}`), ...hints];
}

/** Returns whose it is, for the end of a sentence. */
export function describeHolder(holder: Holder): string {
  if (holder.kind !== "other") return "it is not one that atmos has made";
  const { identity, configLocation } = holder;
  return `it belongs to ${identity === null ? "" : `identity "${identity}" of `}${configLocation}`;
}
