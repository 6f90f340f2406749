import { obtainCredentials, type Obtained } from "../../auth/login/obtain.ts";
import { timestamp } from "../../auth/credential_file_text.ts";
import type { Input } from "../command.ts";
import type { AUTH_LOGIN_FLAGS } from "../commands/auth_login_flags.ts";
import { jsonText } from "../json_text.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { minTtlMs } from "../login/min_ttl.ts";
import { loginRows } from "../login/login_rows.ts";
import { samlAssertion } from "../login/saml_assertion.ts";
import { terminalTalk } from "../login/terminal_talk.ts";
import { wantedIdentity } from "../login/wanted_identity.ts";
import { paintFor } from "../paint.ts";
import { patient } from "../prompt/patient.ts";

/** `atmos auth login`: leaves an identity with credentials that last for `--min-ttl` at least. */
export async function logIn(host: LoginCommandHost, input: Input<typeof AUTH_LOGIN_FLAGS>): Promise<number> {
  const { flags, globals, args } = input;
  const ttl = flags.force ? Infinity : minTtlMs(flags["min-ttl"]);
  const target = await wantedIdentity(host, { globals, argument: args[0] });
  const given = samlAssertion(host, { from: flags["saml-assertion"], target });
  const asked = terminalTalk(host, { globals, explicit: true, deviceCode: flags["device-code"] });
  const talk = { ...asked, ...given };
  const obtained = await obtainCredentials(patient(host, globals), { target, talk, minTtlMs: ttl });
  if (flags.output === "json") host.terminal.out(jsonText(loginData(obtained)));
  const paint = paintFor(host, { stream: "stderr", globals });
  const done = obtained.renewed ? "Logged in as" : "Already logged in as";
  host.terminal.err(`${paint("green", "✓")} ${done} ${obtained.name}\n${loginRows(obtained, host.clock.now())}`);
  return 0;
}

/** Keys as `aws` and the Go atmos call them. */
function loginData({ name, chain, realm, region, credentials, source, renewed }: Obtained) {
  return {
    identity: name,
    provider: chain.provider?.name ?? null,
    realm: realm.value,
    realm_source: realm.source,
    region: region ?? null,
    expiration: credentials.expiration === undefined ? null : timestamp(credentials.expiration),
    renewed,
    credentials_file: source.kind === "files" ? source.place.credentials : null,
    config_file: source.kind === "files" ? source.place.config : null,
  };
}
