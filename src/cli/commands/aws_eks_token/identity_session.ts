import { callSettings } from "../../../auth/flow/call_settings.ts";
import { keptOrRenewed } from "../../../auth/login/kept_or_renewed.ts";
import type { LoginTalk } from "../../../auth/flow/login_host.ts";
import type { Obtained, Target } from "../../../auth/login/obtain.ts";
import { checkRegion } from "../../../aws/names/names.ts";
import type { LoadedConfig } from "../../../config/load_config.ts";
import { AppError } from "../../../errors.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { loginWithConfig } from "../../login/login_with_config.ts";
import { QUIET_TALK } from "../../login/quiet_talk.ts";
import { FRESH_MS } from "./fresh.ts";
import { rememberPlace } from "./remember_place.ts";
import type { TokenRequest } from "./token_input.ts";
import type { OwnedSession } from "./token_session.ts";

export interface TokenTarget extends Target {
  readonly config: LoadedConfig;
}

export interface IdentitySessionInput {
  readonly target: TokenTarget;
  readonly request: TokenRequest;
}

/**
 * The session of an identity: kept credentials without network, else renewed ones; a person is asked only where kubectl
 * says that one is there. AppError "login-needed" with the command to type, "usage" without a region.
 */
export async function identitySession(
  host: LoginCommandHost,
  { target, request }: IdentitySessionInput,
): Promise<OwnedSession> {
  const talk = await talkFor(host, request);
  const obtained = await keptOrRenewed(host, { target, talk, freshMs: FRESH_MS }).catch((error) => {
    throw loginWithConfig(error, request.globals);
  });
  const { chain, credentials } = obtained;
  const endpointUrl = chain.identities.at(-1)!.endpointUrl ?? chain.provider?.endpointUrl;
  const region = regionFor(obtained, request);
  const owner = ownerOf(obtained);
  if (!request.flags["no-cache"] && obtained.source.kind === "files") {
    await rememberPlace(host, { input: request, config: target.config, obtained, owner });
  }
  return { region, settings: callSettings(host, { endpointUrl }), credentials, owner };
}

function ownerOf({ realm, name }: Obtained): string {
  return JSON.stringify([realm.value, name]);
}

async function talkFor(host: LoginCommandHost, { globals, interactive }: TokenRequest): Promise<LoginTalk> {
  if (!interactive || !host.terminal.isTty.stdin) return QUIET_TALK;
  const { terminalTalk } = await import("../../login/terminal_talk.ts");
  return terminalTalk(host, { globals, explicit: false });
}

function regionFor({ name, region }: Obtained, { flags }: TokenRequest): string {
  const chosen = flags.region ?? region;
  if (chosen !== undefined) return checkRegion(chosen);
  throw new AppError("usage", `Cannot make a token as identity "${name}": no region is given`, {
    hint: "Give the cluster's: --region REGION",
  });
}
