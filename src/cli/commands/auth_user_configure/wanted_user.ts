import { chainOf } from "../../../auth/model/chain.ts";
import type { AwsUser } from "../../../auth/kinds/identities/aws_user.ts";
import type { AuthModel, Identity } from "../../../auth/model/model.ts";
import type { Named } from "../../../config/schema/entry.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import type { Globals } from "../../args/global_flags.ts";
import { chosenIdentity } from "../../login/chosen_identity.ts";

export interface UserChoice {
  readonly model: AuthModel;
  readonly argument: string | undefined;
  /** `identity` is that of `--identity` or ATMOS_IDENTITY; "" to be asked. */
  readonly globals: Pick<Globals, "identity" | "no-color">;
}

/**
 * The identity of kind aws/user that is meant: named, the default or the only one among them, or chosen on a terminal.
 * AppError "identity-not-found" when there is none, "usage" for one of another kind, else as for chosenIdentity.
 */
export async function wantedUser(
  host: Needs<"terminal" | "env" | "sys">,
  { model, argument, globals }: UserChoice,
): Promise<AwsUser & Named> {
  const users = new Map([...model.identities].filter(([, { kind }]) => kind === "aws/user"));
  const named = argument ?? globals.identity;
  if (users.size === 0 && (named === undefined || named === "")) throw nobody();
  const name = await chosenIdentity(host, { model: { ...model, identities: users }, argument, globals });
  const identity = chainOf(model, name).identities.at(-1)!;
  if (identity.kind === "aws/user") return identity;
  throw otherKind(identity, [...users.keys()]);
}

function nobody(): AppError {
  const message = "Cannot choose an identity: atmos.yaml has none of kind aws/user, and only those have access keys";
  return new AppError("identity-not-found", message, { hint: "See what there is: atmos auth list --identities" });
}

const SHOWN = 8;

function otherKind({ name, kind, place }: Identity, users: readonly string[]): AppError {
  const found = `it is of kind ${kind}, and only aws/user has access keys of its own`;
  const among = users.slice(0, SHOWN).join(", ") + (users.length > SHOWN ? ", …" : "");
  return new AppError("usage", `Cannot keep keys of identity "${name}": ${found}`, {
    hint: users.length === 0 ? `To log in as it: atmos auth login ${name}` : `Name one that is: ${among}`,
    place,
  });
}
