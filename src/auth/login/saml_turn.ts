import type { Credentials } from "../../aws/client/credentials.ts";
import { AppError } from "../../errors.ts";
import { dirname, join } from "../../store/paths.ts";
import type { Chain } from "../model/chain.ts";
import { readStoredCredentials } from "../files/credential_file.ts";
import type { CredentialPlace } from "../files/credential_file_place.ts";
import { lasts } from "../flow/lasts.ts";
import type { LoginHost, LoginUi } from "../flow/login_host.ts";
import { loginFlight } from "../flow/login_flight.ts";
import { refuseAgain, rememberRefusal } from "../sso/refusal_memory.ts";

export interface SamlTurn<T> {
  readonly chain: Chain;
  readonly place: CredentialPlace | undefined;
  readonly ui: LoginUi;
  /** Milliseconds that kept credentials must last for. */
  readonly minTtlMs: number;
  /** What comes of credentials that another process has kept meanwhile. */
  readonly kept: (credentials: Credentials, place: CredentialPlace) => T;
  /** Logs in and keeps the credentials. */
  readonly body: () => Promise<T>;
}

/**
 * A SAML login leaves no session that could be shared, only credentials: of many processes that want the same ones, one
 * logs in and the others find them kept; a refused one is not begun anew by those that nobody asked. Any other login
 * runs as it is. Permissions: read, write.
 */
export async function samlTurn<T>(host: LoginHost, turn: SamlTurn<T>): Promise<T> {
  const { chain: { provider }, place, ui, minTtlMs, kept, body } = turn;
  if (provider?.kind !== "aws/saml" || place === undefined) return await body();
  const path = join(dirname(place.credentials), "saml.json");
  const since = ui.explicit ? host.clock.now() : 0;
  const inTurn = async () => {
    const found = readStoredCredentials(host, place).stored?.credentials;
    if (found !== undefined && lasts(found, { now: host.clock.now(), ms: minTtlMs })) return kept(found, place);
    refuseAgain(host, { path, startUrl: new URL(provider.url).host, since });
    return await body().catch(async (error) => {
      if (error instanceof AppError && /^login-(?:denied|timeout)$/.test(error.code)) {
        await rememberRefusal(host, { path });
      }
      throw error;
    });
  };
  return await loginFlight(host, { path, ui, body: inTurn });
}
