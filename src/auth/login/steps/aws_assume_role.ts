import { assumeRole } from "../../../aws/sts.ts";
import { assumeRoleWithWebIdentity } from "../../../aws/sts_federation.ts";
import { type Become, seconds } from "./step.ts";
import { unfitOrigin } from "./unfit_origin.ts";

const LONGEST_NAME = 64;

export const become: Become<"aws/assume-role"> = async (host, input) => {
  const { identity, from, region, settings } = input;
  const { roleArn, externalId } = identity;
  const sessionName = identity.sessionName ?? sessionNameOf(identity.name, host.clock.now());
  const role = { region, settings, roleArn, sessionName, ...seconds(identity.durationMs) };
  if (from.kind === "web-identity") {
    return await assumeRoleWithWebIdentity(host, { ...role, token: await from.token() });
  }
  if (from.kind !== "credentials") throw unfitOrigin(identity, "another identity or a provider of kind github/oidc");
  return await assumeRole(host, {
    ...role,
    credentials: from.credentials,
    ...(externalId === undefined ? {} : { externalId }),
  });
};

/** As the Go atmos names it; `now` in milliseconds. */
export function sessionNameOf(identity: string, now: number): string {
  const end = `-${Math.floor(now / 1000)}`;
  const start = `atmos-${identity}`.replace(/[^\w+=,.@-]/g, "-").slice(0, LONGEST_NAME - end.length);
  return start + end;
}
