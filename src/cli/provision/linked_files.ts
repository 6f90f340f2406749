import { isRegularFile } from "../../config/files/file_checks.ts";
import type { ActiveIdentity } from "../../auth/login/identity.ts";
import { environmentPowers } from "../../auth/model/used_powers.ts";
import { findLinked } from "../../integrations/contract/linked.ts";
import type { ConfigModel } from "../../integrations/contract/model.ts";
import { loadRunner } from "../../integrations/registry.ts";
import { AppError } from "../../errors.ts";
import { pathListSeparator } from "../../store/paths.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";

/** Where the programs that are started find what is linked to an identity. */
export interface LinkedFiles {
  /** Of clusters, absolute, in the order of atmos.yaml. */
  readonly kubeconfigs: readonly string[];
  /** Directory of docker's config.json. */
  readonly dockerConfig: string | undefined;
}

/**
 * What is made ready by hand only counts once its file is there. AppErrors "untrusted", and "kubeconfig-path" for a file
 * that KUBECONFIG cannot name. Permissions: env, read.
 */
export async function linkedFiles(
  host: LoginCommandHost,
  { model, obtained }: { readonly model: ConfigModel; readonly obtained: Pick<ActiveIdentity, "chain"> },
): Promise<LinkedFiles> {
  const kubeconfigs = new Set<string>();
  let dockerConfig: string | undefined;
  const linked = findLinked(model, obtained.chain);
  await model.trust.require([...environmentPowers(obtained.chain), ...linked.flatMap(({ powers }) => powers)]);
  for (const integration of linked) {
    const runner = await loadRunner(integration.kind);
    const { KUBECONFIG: kubeconfig, DOCKER_CONFIG: docker } = runner.environment(host, integration);
    if (kubeconfig?.includes(pathListSeparator(host))) throw unlistable(integration.name, kubeconfig);
    if (kubeconfig !== undefined && (integration.autoProvision || isRegularFile(host, kubeconfig))) {
      kubeconfigs.add(kubeconfig);
    }
    dockerConfig ??= docker;
  }
  return { kubeconfigs: [...kubeconfigs], dockerConfig };
}

function unlistable(integration: string, path: string): AppError {
  const found = `KUBECONFIG is a list, which cannot have a path with its separator`;
  return new AppError("kubeconfig-path", `Cannot use kubeconfig "${path}" of integration "${integration}": ${found}`, {
    hint: "Set kubeconfig.path to one file, without that character in its path",
  });
}
