import type { LoginHost } from "../../auth/login/login_host.ts";
import type { Variables } from "../../auth/environment.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { EntryOutcome } from "../../kube/edit_entries.ts";
import type { EntryEdit } from "../../kube/entry_edit.ts";
import { type KubeconfigPlace, locateKubeconfig } from "../../kube/locate.ts";
import { saveEntries } from "../../kube/save.ts";
import { kubeconfigFile } from "../kubeconfig_file.ts";
import { cleanUpEks } from "./eks_cleanup.ts";
import { eksFacts } from "./eks_facts.ts";
import { isEksThere } from "./eks_there.ts";
import type { Ready, Runner, RunInput, SpecOf } from "./runner.ts";

type EksInput = RunInput<"aws/eks">;

/** A cluster's entry and the file that it goes into. */
export interface FoundCluster {
  readonly edit: EntryEdit;
  readonly place: KubeconfigPlace;
}

export const runner: Runner<"aws/eks", FoundCluster> = {
  async look(host, input) {
    const facts = await eksFacts(host, input);
    const place = placeOf(host, input.integration);
    const configured = input.configuredContexts?.({ file: place.path, account: facts.account });
    const { update } = input.integration.cluster.kubeconfig;
    const edit = { facts, update, switchContext: "if-none", ...(configured === undefined ? {} : { configured }) } as const;
    return { edit, place };
  },
  fileOf: (host, { integration }) => placeOf(host, integration).path,
  write: (host, found) => written(host, found),
  isThere: (host, input) => isEksThere(host, { ...input, path: placeOf(host, input.integration).path }),
  cleanup: (host, input) => cleanUpEks(host, { ...input, place: placeOf(host, input.integration) }),
  environment: (host, integration) => variables(host, integration),
};

async function written(
  host: LoginHost,
  found: readonly FoundCluster[],
): Promise<readonly (Ready | AppError)[]> {
  const modes = found.flatMap(({ place }) => place.mode ?? []);
  // The strictest of those that are asked for.
  const mode = modes.length === 0 ? undefined : modes.reduce((one, other) => one & other);
  const { outcomes, written } = await saveEntries(host, {
    place: { path: found[0]!.place.path, mode },
    edits: found.map(({ edit }) => edit),
  });
  return outcomes.map((outcome) => outcome instanceof AppError ? outcome : readyOf(outcome, written.path));
}

function readyOf({ action, entry }: EntryOutcome, path: string): Ready {
  const { name: target } = entry.facts;
  return { action, target, name: entry.contexts.map(({ name }) => name).join(", "), path };
}

/** AppError "kubeconfig-path". Permissions: env, read. */
export function placeOf(host: Needs<"env" | "read">, { cluster }: SpecOf<"aws/eks">): KubeconfigPlace {
  const { path, mode } = cluster.kubeconfig;
  const place = locateKubeconfig(host, path ?? host.env.get("ATMOS_KUBECONFIG"));
  return mode === undefined ? place : { ...place, mode };
}

/** A file that can't be located names no file to look into. */
function variables(host: Needs<"env" | "read">, integration: EksInput["integration"]): Variables {
  const path = kubeconfigFile(host, integration);
  return path.startsWith("/") || /^[A-Za-z]:/.test(path) ? { KUBECONFIG: path } : {};
}
