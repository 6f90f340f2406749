import { buildChain } from "../../auth/model/chain.ts";
import { isSaml } from "../../auth/kinds/providers/registry.ts";
import type { LoginUi } from "../../auth/flow/login_host.ts";
import type { IdentityTarget } from "../../auth/login/identity.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";

interface SamlAssertionInput {
  /** `--saml-assertion`: a file, or "-" for stdin. */
  readonly from: string | undefined;
  readonly target: IdentityTarget;
}

/**
 * Returns what a login is told of a SAML response that is there already. It is read at once, so that one which is of no
 * use fails a login that would not need it, too; only one that is still to be typed is waited for until then. AppError
 * "usage" where no SAML provider wants one, those of reading it.
 */
export async function samlAssertion(
  host: Needs<"terminal" | "read" | "env">,
  { from, target }: SamlAssertionInput,
): Promise<Pick<LoginUi, "samlResponse">> {
  if (from === undefined) return {};
  const { provider } = buildChain(target.model, target.identity);
  if (!isSaml(provider)) {
    const found = provider === undefined
      ? "it does not log in through a provider"
      : `its provider is of kind ${provider.kind}`;
    throw new AppError("usage", `Cannot log in "${target.identity}" with a SAML response: ${found}`, {
      hint: "Remove --saml-assertion",
    });
  }
  if (from === "-" && host.terminal.isTty.stdin) return { samlResponse: () => readInput(host) };
  const { checkAssertion, readAssertionFile } = await import("../../auth/saml/assertion.ts");
  const response = from === "-" ? await readInput(host) : readAssertionFile(host, from);
  checkAssertion(response);
  return { samlResponse: () => Promise.resolve(response) };
}

async function readInput(host: Needs<"terminal">): Promise<Secret> {
  const lines: string[] = [];
  for (let line = await host.terminal.line(); line !== undefined; line = await host.terminal.line()) lines.push(line);
  return new Secret(lines.join("\n"));
}
