import { buildEnvironment, type KubectlFiles, type Variables } from "../../auth/environment/environment.ts";
import type { ActiveIdentity } from "../../auth/login/identity.ts";
import type { Needs } from "../../host/host.ts";
import { pathListSeparator } from "../../store/paths.ts";
import type { SelectedContext } from "./select_context.ts";

/** Returns the variables of an identity, which may have no credentials yet. Permission: sys. */
export function buildVariables(
  host: Needs<"sys">,
  { obtained, kubectl, selected }: {
    readonly obtained:
      & Pick<ActiveIdentity, "chain" | "fingerprint" | "name" | "source" | "region">
      & Partial<Pick<ActiveIdentity, "credentials">>;
    readonly kubectl: KubectlFiles;
    readonly selected: Pick<SelectedContext, "configuration" | "current" | "isChosen" | "linked">;
  },
): Variables {
  const { chain, credentials, fingerprint, name: identity, source, region } = obtained;
  return buildEnvironment({
    identity,
    configuration: selected.configuration,
    fingerprint,
    context: selected.isChosen ? selected.current : undefined,
    source,
    region,
    expiration: credentials?.expiration,
    env: [...source.kind === "ambient" ? regionVariables(region) : [], ...chain.identities.at(-1)!.env],
    kubectl,
    dockerConfig: selected.linked.dockerConfig,
    pathSeparator: pathListSeparator(host),
  });
}

/**
 * Returns the variables with AWS_DEFAULT_PROFILE where this environment has another one: the AWS CLI takes it before
 * AWS_PROFILE. Permission: env.
 */
export function overrideDefaultProfile({ env }: Needs<"env">, variables: Variables): Variables {
  const { AWS_PROFILE: profile } = variables;
  const other = env.get("AWS_DEFAULT_PROFILE");
  if (profile === undefined || other === undefined || other === profile) return variables;
  return { ...variables, AWS_DEFAULT_PROFILE: profile };
}

/** The environment's own credentials have a region of the environment's own, unless the identity says one. */
function regionVariables(region: string | undefined): readonly { readonly key: string; readonly value: string }[] {
  return region === undefined ? [] : ["AWS_REGION", "AWS_DEFAULT_REGION"].map((key) => ({ key, value: region }));
}
