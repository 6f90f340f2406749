import type { Needs } from "../../host/host.ts";
import { ECR_KINDS } from "../../integrations/ecr/ecr_integration.ts";
import { EKS_KIND } from "../../integrations/eks/eks_integration.ts";
import type { Completes } from "../args/flag.ts";
import type { LineFlags, LookHost } from "./context.ts";
import type { Candidate } from "./offers.ts";
import { PUBLIC_REGIONS } from "../../aws/names/public_regions.ts";
import { findKey } from "../../aws/shared_config/read_key.ts";
import { readSharedFiles } from "../../aws/shared_config/shared_files.ts";

/** Values that only this machine knows; those of paths are the shell's business. */
export type Live = Exclude<Completes, "file" | "directory">;

type Source = (host: LookHost, line: LineFlags) => readonly Candidate[] | Promise<readonly Candidate[]>;

const SOURCES: Readonly<Record<Live, Source>> = {
  "identity": inAuth("identities"),
  "user-identity": inAuth("identities", ["aws/user"]),
  "provider": inAuth("providers"),
  "integration": inAuth("integrations"),
  "eks-integration": inAuth("integrations", [EKS_KIND]),
  "ecr-integration": inAuth("integrations", ECR_KINDS),
  "config-profile": async (...at) => await (await import("./configured_names.ts")).configProfileNames(...at),
  "aws-profile": awsProfileNames,
  "context": async (...at) => await (await import("./context_names.ts")).contextNames(...at),
  "region": regionNames,
  "console-service": async () =>
    (await import("../../aws/console/destination.ts")).CONSOLE_SERVICES.map((value) => ({ value, about: "" })),
  "stack": (...at) => inStacks("stackNames", ...at),
  "component": (...at) => inStacks("componentNames", ...at),
  "shell": async () => (await import("./script.ts")).SHELLS.map((value) => ({ value, about: "" })),
};

/** The names of those kinds. What cannot be found out is left out: there is no one to tell. */
export async function liveNames(
  host: LookHost & Needs<"sys">,
  { kinds, line }: { readonly kinds: readonly Live[]; readonly line: LineFlags },
): Promise<readonly Candidate[]> {
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
    const { authNames } = await import("./configured_names.ts");
    return await authNames(host, { globals, family, ...(kinds === undefined ? {} : { kinds }) });
  };
}

async function inStacks(
  what: "stackNames" | "componentNames",
  ...[host, line]: Parameters<Source>
): Promise<readonly Candidate[]> {
  const { quietConfig } = await import("./configured_names.ts");
  const names = await (await import("../project/component_names.ts"))[what](host, await quietConfig(host, line));
  return names.map((value) => ({ value, about: "" }));
}

/** The regions of AWS that customers without a clearance can use. */
function regionNames(): readonly Candidate[] {
  return Object.entries(PUBLIC_REGIONS).map(([value, about]) => ({ value, about }));
}

/** The profiles of ~/.aws/config and ~/.aws/credentials. */
function awsProfileNames(host: Needs<"read" | "env">): readonly Candidate[] {
  return [...readSharedFiles(host).profiles].map(([value, section]) => ({
    value,
    about: findKey(section, "region") ?? "",
  }));
}
