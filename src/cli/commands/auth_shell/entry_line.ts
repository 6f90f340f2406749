import type { Needs } from "../../../host/host.ts";
import { expiryText } from "../../login/login_summary.ts";
import { printable } from "../../output/text.ts";
import type { HandedOut } from "../../provision/hand_out.ts";
import type { SelectedContext } from "../../provision/select_context.ts";

/** Returns the line that a shell begins with: whose it is, in which account, what kubectl uses, and until when. */
export function entryLine(
  host: Needs<"clock">,
  { obtained, selected }: { readonly obtained: HandedOut; readonly selected: SelectedContext },
): string {
  const { chain, credentials } = obtained;
  const account = chain.identities.at(-1)!.accountId;
  const facts = [
    nameWithProvider(obtained),
    account && `account ${account}`,
    selected.isChosen && `kubectl ${selected.notice}`,
    credentials?.expiration && expiryText(credentials.expiration, host.clock.now()),
  ].filter(Boolean).join(", ");
  return `→ Entering Atmos shell with identity: ${printable(facts)}. Type 'exit' to leave it.\n`;
}

/** Returns an identity as the first and the last line of a shell name it: `dev (sso)`. */
export function nameWithProvider({ name, chain: { provider } }: Pick<HandedOut, "name" | "chain">): string {
  return provider === undefined ? name : `${name} (${provider.name})`;
}
