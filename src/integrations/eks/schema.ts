import * as v from "valibot";
import { choice, form, region, remarks, roleArn, text } from "../../auth/kinds/fields.ts";
import { defineKind } from "../../config/schema/kind.ts";
import { ordinary, power } from "../../config/schema/trust_class.ts";
import { toVia, VIA } from "../../auth/kinds/via.ts";
import { CLUSTER } from "../../aws/names/names.ts";
import { ENTRY_NAME, NAMESPACE, NAMESPACE_IS } from "../../kube/kubeconfig/entry_edit.ts";
import { ALIAS_PATTERN, aliasFault } from "./alias.ts";
import { PLACEHOLDER_LIST } from "./alias_placeholders.ts";
import { SPEC_FIELDS } from "../contract/model.ts";
import type { AwsEks, EksCluster } from "./eks_integration.ts";
import {
  KUBECONFIG_MODE,
  KUBECONFIG_PATH,
  KUBECONFIG_UPDATE,
  kubeconfigMode,
  PEM_BASE64,
  WHERE_KUBECTL_CONNECTS,
} from "./fields.ts";

const UPDATES = ["merge", "replace", "error"] as const;
const EXEC_COMMANDS = ["aws", "atmos"] as const;

const SERVER = /^https:\/\/(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:\/[^\s?#]*)?$/;

function contextName(about: string) {
  return v.pipe(
    text(about),
    v.rawCheck(({ dataset, addIssue }) => {
      const fault = dataset.typed ? aliasFault(dataset.value) : undefined;
      if (fault !== undefined) addIssue({ message: `a name for a context: ${fault}` });
    }),
    remarks({ jsonSchema: { pattern: ALIAS_PATTERN } }),
  );
}

const kubeconfig = v.object({
  path: v.optional(power(text("path of the kubeconfig; ~ is the home directory"), KUBECONFIG_PATH)),
  mode: v.optional(power(kubeconfigMode, KUBECONFIG_MODE)),
  update: v.optional(
    power(choice(UPDATES, "what to do with an existing file (default: merge)"), KUBECONFIG_UPDATE),
  ),
  exec_command: v.optional(
    ordinary(choice(EXEC_COMMANDS, "which program gives kubectl its tokens (default: as the entry has it, else aws)")),
  ),
});

const cluster = v.pipe(
  v.object({
    name: ordinary(form(CLUSTER, {
      about: "name of the EKS cluster",
      allowed: "the name of an EKS cluster: 1 to 100 letters, digits, - and _, a letter or digit first",
    })),
    region: ordinary(region("AWS region of the cluster, such as us-east-2")),
    alias: v.optional(
      ordinary(contextName(`name of the context; may hold ${PLACEHOLDER_LIST}`)),
    ),
    aliases: v.optional(
      ordinary(v.pipe(v.array(contextName("name of one more context")), v.description("more contexts"))),
    ),
    namespace: v.optional(ordinary(form(NAMESPACE, {
      about: "namespace of the context",
      allowed: `the name of a namespace: ${NAMESPACE_IS}`,
    }))),
    user_alias: v.optional(ordinary(form(ENTRY_NAME, {
      about: "name of the user entry",
      allowed: "a name without line breaks and other control characters",
    }))),
    role_arn: v.optional(ordinary(roleArn("ARN of a role that kubectl's tokens are for"))),
    exec_command: v.optional(
      ordinary(
        choice(EXEC_COMMANDS, "which program gives kubectl its tokens (default: as the entry has it, else aws)"),
      ),
    ),
    proxy_url: v.optional(power(
      form(/^(?:https?|socks5):\/\/[^\s/?#@]+\/?$/, {
        about: "proxy that kubectl uses for the cluster",
        allowed: "the http://, https:// or socks5:// address of a proxy, without a user name",
      }),
      WHERE_KUBECTL_CONNECTS,
    )),
    tls_server_name: v.optional(power(
      form(/^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/, {
        about: "name to expect in the cluster's certificate",
        allowed: "a host name",
      }),
      WHERE_KUBECTL_CONNECTS,
    )),
    endpoint: v.optional(power(
      form(SERVER, {
        about: "address of the cluster; with certificate_authority_data nothing asks AWS for them",
        allowed: "an https:// address without user name, query and fragment",
      }),
      WHERE_KUBECTL_CONNECTS,
    )),
    certificate_authority_data: v.optional(power(
      form(PEM_BASE64, {
        about: "certificate authority of the cluster: PEM in base64",
        allowed: "certificates as PEM in base64, on one line",
      }),
      WHERE_KUBECTL_CONNECTS,
    )),
    describe_identity: v.optional(
      power(text("identity that asks AWS about the cluster, when it isn't the linked one"), {
        reason: "sets whose cluster the entry is for",
      }),
    ),
    kubeconfig: v.optional(kubeconfig),
  }),
  v.check(
    (given) => (given.endpoint === undefined) === (given.certificate_authority_data === undefined),
    "must have both endpoint and certificate_authority_data, or neither",
  ),
  v.description("the cluster: {name: ..., region: ...}"),
  remarks({
    jsonSchema: {
      dependencies: { endpoint: ["certificate_authority_data"], certificate_authority_data: ["endpoint"] },
    },
  }),
);

const schema = v.object({
  kind: ordinary(v.literal("aws/eks")),
  via: VIA,
  spec: v.pipe(v.object({ ...SPEC_FIELDS, cluster }), v.description("the cluster and its kubeconfig entry")),
});

export const kind = defineKind({
  name: "aws/eks",
  summary: "An EKS cluster: its entry in a kubeconfig",
  example: `dev/eks:
  kind: aws/eks
  via:
    identity: dev-admin
  spec:
    auto_provision: true
    cluster:
      name: dev-cluster
      region: us-east-2
      alias: dev-eks
      kubeconfig:
        mode: "0600"
        update: merge
`,
  schema,
  model: (fields): AwsEks => ({
    kind: fields.kind,
    via: toVia(fields.via),
    autoProvision: fields.spec.auto_provision ?? true,
    cluster: toCluster(fields.spec.cluster),
  }),
});

function toCluster(given: v.InferOutput<typeof cluster>): EksCluster {
  const { endpoint, certificate_authority_data: certificateAuthorityData, kubeconfig: file } = given;
  return {
    name: given.name,
    region: given.region,
    aliases: [...new Set([...(given.alias === undefined ? [] : [given.alias]), ...(given.aliases ?? [])])],
    namespace: given.namespace,
    userAlias: given.user_alias,
    roleArn: given.role_arn,
    execCommand: given.exec_command ?? file?.exec_command,
    proxyUrl: given.proxy_url,
    tlsServerName: given.tls_server_name,
    known: endpoint === undefined || certificateAuthorityData === undefined
      ? undefined
      : { endpoint, certificateAuthorityData },
    describeIdentity: given.describe_identity,
    kubeconfig: { path: file?.path, mode: file?.mode, update: file?.update ?? "merge" },
  };
}
