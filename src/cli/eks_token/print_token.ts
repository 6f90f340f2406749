import { bothClocks, SET_CLOCK, watchClock } from "../../aws/clock_gap.ts";
import { eksToken } from "../../aws/eks_token.ts";
import { checkClusterName } from "../../aws/names.ts";
import { openSession } from "../../aws/session.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { execCredential } from "../../kube/exec_credential.ts";
import type { Input } from "../command.ts";
import type { EKS_TOKEN_FLAGS } from "../commands/aws_eks_token_flags.ts";

type TokenInput = Input<typeof EKS_TOKEN_FLAGS>;

/** Prints an ExecCredential on stdout. Without a role, and with keys in the environment or ~/.aws, there is no network. */
export async function printToken(
  host: Needs<"net" | "read" | "env" | "run" | "clock" | "terminal">,
  { flags }: TokenInput,
): Promise<number> {
  const cluster = flags["cluster-id"] ?? (flags["cluster-name"] && checkClusterName(flags["cluster-name"]));
  if (cluster === undefined) throw noCluster();
  const watched = watchClock(host);
  const session = await openSession(watched.host, {
    ...(flags.region === undefined ? {} : { region: flags.region }),
    ...(flags.profile === undefined ? {} : { profile: flags.profile }),
    ...(flags["role-arn"] === undefined ? {} : { assumeRoleArn: flags["role-arn"], sessionName: "EKSGetTokenAuth" }),
  });
  const token = await eksToken({ ...session, cluster, now: host.clock.now() });
  const gap = watched.gap();
  if (gap !== undefined) {
    host.terminal.err(`Warning: EKS may refuse the token: ${bothClocks(gap)}\nHint: ${SET_CLOCK}\n`);
  }
  host.terminal.out(execCredential({ execInfo: host.env.get("KUBERNETES_EXEC_INFO"), ...token }));
  return 0;
}

function noCluster(): AppError {
  return new AppError("usage", "Cannot make a token: no cluster is named", {
    hint: "Name one: --cluster-name CLUSTER --region REGION",
  });
}
