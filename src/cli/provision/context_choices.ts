import * as v from "valibot";
import type { Needs } from "../../host/host.ts";
import type { StoreHost } from "../../store/replace.ts";
import { readState, type StateList, updateState } from "../../store/state/state_list.ts";

interface ChoiceKey {
  readonly realm: string;
  readonly identity: string;
}

interface RememberedChoice extends ChoiceKey {
  /** What `--context` named last. */
  readonly context: string;
  /** Of its cluster; undefined for what version 0.1.0 has remembered. */
  readonly arn?: string | undefined;
}

const SCHEMA = v.array(
  v.object({ realm: v.string(), identity: v.string(), context: v.string(), arn: v.optional(v.string()) }),
);

const CHOICES: StateList<RememberedChoice> = {
  name: "kube/choices.json",
  read: (value) => {
    const found = v.safeParse(SCHEMA, value);
    return found.success ? found.output : undefined;
  },
};

/** Returns the context that `--context` named last for an identity. Permissions: env, read. */
export function readChoice(host: Needs<"env" | "read" | "sys">, key: ChoiceKey): RememberedChoice | undefined {
  return readState(host, CHOICES).find((one) => isFor(one, key));
}

/** Remembers the context that `--context` names. Throws nothing where that cannot be stored. */
export async function rememberChoice(host: StoreHost & Needs<"env">, choice: RememberedChoice): Promise<void> {
  const edit = (known: readonly RememberedChoice[]) => [...known.filter((one) => !isFor(one, choice)), choice];
  await updateState(host, { ...CHOICES, edit });
}

function isFor(one: ChoiceKey, { realm, identity }: ChoiceKey): boolean {
  return one.realm === realm && one.identity.toLowerCase() === identity.toLowerCase();
}
