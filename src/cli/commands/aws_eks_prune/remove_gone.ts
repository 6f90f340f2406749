import { recordContexts, writtenContexts } from "../../../integrations/eks/context_record.ts";
import type { NamesInUse } from "../../../kube/names_in_use.ts";
import { removeFromFile } from "../../../kube/remove_from_file.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { printable } from "../../output/printable.ts";
import { type PlaceWithTarget, targetOf } from "./kubeconfigs.ts";

export interface GoneInput {
  readonly place: PlaceWithTarget;
  /** The contexts that go, decided again by what the file holds then. */
  readonly gone: (names: NamesInUse) => readonly string[];
}

/** Removes entries from a kubeconfig in one write, and says which. AppErrors of kubeconfig files. */
export async function removeGone(host: LoginCommandHost, { place, gone }: GoneInput): Promise<void> {
  const removed = await removeFromFile(host, { place, contexts: gone });
  if (removed === undefined) return;
  for (const name of removed.contexts) {
    host.terminal.err(`Removed context ${printable(`${name} from ${removed.path}`)}\n`);
  }
  const names = new Set(removed.contexts);
  const known = writtenContexts(host).filter(({ file, contexts }) =>
    contexts.some(({ name }) => names.has(name)) && targetOf(host, file) === place.target
  );
  const left = known.map((one) => ({ ...one, contexts: one.contexts.filter(({ name }) => !names.has(name)) }));
  await recordContexts(host, left);
}
