import type { Needs } from "../../host/host.ts";
import type { Completes } from "../args/flag.ts";
import type { LineFlags } from "./line_flags.ts";
import type { Candidate } from "./offer.ts";
import type { LookHost } from "./quiet_config.ts";

/** Values that only this machine knows; those of paths are the shell's business. */
export type Live = Exclude<Completes, "file" | "directory">;

type Source = (host: LookHost, line: LineFlags) => Promise<readonly Candidate[]>;

const SOURCES: Readonly<Record<Live, Source>> = {
  "identity": inAuth("identities"),
  "user-identity": inAuth("identities", ["aws/user"]),
  "provider": inAuth("providers"),
  "integration": inAuth("integrations"),
  "eks-integration": inAuth("integrations", ["aws/eks"]),
  "ecr-integration": inAuth("integrations", ["aws/ecr", "aws/ecr-public"]),
  "config-profile": async (...at) => await (await import("./config_profile_names.ts")).configProfileNames(...at),
  "aws-profile": async (host) => (await import("./aws_profile_names.ts")).awsProfileNames(host),
  "region": async () => (await import("./region_names.ts")).regionNames(),
  "stack": async (...at) => await inStacks("stackNames", ...at),
  "component": async (...at) => await inStacks("componentNames", ...at),
  "shell": async () => (await import("./shells.ts")).SHELLS.map((value) => ({ value, about: "" })),
};

interface Asked {
  readonly kinds: readonly Live[];
  readonly line: LineFlags;
}

/** The names of those kinds. What cannot be found out is left out: there is nobody to tell. */
export async function liveNames(host: LookHost & Needs<"sys">, { kinds, line }: Asked): Promise<readonly Candidate[]> {
  const found: Candidate[] = [];
  for (const kind of kinds) {
    try {
      if (line.chdir !== undefined) host.sys.chdir(line.chdir);
      found.push(...await SOURCES[kind](host, line));
    } catch {
      continue;
    }
  }
  return found;
}

function inAuth(family: "providers" | "identities" | "integrations", kinds?: readonly string[]): Source {
  return async (host, globals) => {
    const { authNames } = await import("./auth_names.ts");
    return await authNames(host, { globals, family, ...(kinds === undefined ? {} : { kinds }) });
  };
}

async function inStacks(
  what: "stackNames" | "componentNames",
  ...[host, line]: Parameters<Source>
): Promise<readonly Candidate[]> {
  const { quietConfig } = await import("./quiet_config.ts");
  const names = await (await import("../project/component_names.ts"))[what](host, await quietConfig(host, line));
  return names.map((value) => ({ value, about: "" }));
}
