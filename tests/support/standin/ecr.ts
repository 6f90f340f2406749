import { jsonAnswer, type StandinAnswer } from "./answer.ts";
import { ACCOUNT } from "./keys.ts";
import type { Operation } from "./operation.ts";
import type { World } from "./world.ts";

const TWELVE_HOURS = 12 * 3600;

/** What every password of the stand-in's registries has in it: a test can look for it where it must not be. */
export const ECR_PASSWORD = "standin-ecr-password";

/** A password says whose it is and for where. */
export function authorizationToken(
  world: World,
  { service, region, caller }: Operation & { readonly caller: { readonly principal: string } },
): StandinAnswer {
  const number = world.calls.filter(({ action }) => action === "GetAuthorizationToken").length;
  const authorizationToken = btoa(`AWS:${ECR_PASSWORD}/${service}/${region}/${caller.principal}/${number}`);
  const expiresAt = Math.floor(world.now() / 1000) + TWELVE_HOURS;
  if (service === "ecr-public") return jsonAnswer({ authorizationData: { authorizationToken, expiresAt } });
  const proxyEndpoint = `https://${ACCOUNT}.dkr.ecr.${region}.amazonaws.com`;
  return jsonAnswer({ authorizationData: [{ authorizationToken, expiresAt, proxyEndpoint }] });
}
