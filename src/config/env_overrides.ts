import { parseCommaList } from "../formats/text/comma_list.ts";
import type { Needs } from "../host/host.ts";
import type { FilePosition, Located, LocatedMap } from "./values/located.ts";
import { makeMap, makeText, mergeMaps } from "./values/make_located.ts";
import { plainValue } from "./values/scalar_value.ts";
import { findVariable, type Variable } from "./values/variables.ts";

/** How a variable's text is read: as it is, as a list with commas, or as a plain YAML value such as `true`. */
type Reading = "text" | "list" | "plain";

const TERRAFORM = "components.terraform";
const HELMFILE = "components.helmfile";

/** Variables that go over what the files say: name, setting and how to read it. */
const OVERRIDES: readonly (readonly [name: string, path: string, reading: Reading])[] = [
  ["ATMOS_BASE_PATH", "base_path", "text"],
  ["ATMOS_STACKS_BASE_PATH", "stacks.base_path", "text"],
  ["ATMOS_STACKS_INCLUDED_PATHS", "stacks.included_paths", "list"],
  ["ATMOS_STACKS_EXCLUDED_PATHS", "stacks.excluded_paths", "list"],
  ["ATMOS_STACKS_NAME_PATTERN", "stacks.name_pattern", "text"],
  ["ATMOS_STACKS_NAME_TEMPLATE", "stacks.name_template", "text"],
  ["ATMOS_COMPONENTS_TERRAFORM_COMMAND", `${TERRAFORM}.command`, "text"],
  ["ATMOS_COMPONENTS_TERRAFORM_BASE_PATH", `${TERRAFORM}.base_path`, "text"],
  ["ATMOS_COMPONENTS_TERRAFORM_APPLY_AUTO_APPROVE", `${TERRAFORM}.apply_auto_approve`, "plain"],
  ["ATMOS_COMPONENTS_TERRAFORM_DEPLOY_RUN_INIT", `${TERRAFORM}.deploy_run_init`, "plain"],
  ["ATMOS_COMPONENTS_TERRAFORM_INIT_RUN_RECONFIGURE", `${TERRAFORM}.init_run_reconfigure`, "plain"],
  ["ATMOS_COMPONENTS_TERRAFORM_AUTO_GENERATE_BACKEND_FILE", `${TERRAFORM}.auto_generate_backend_file`, "plain"],
  ["ATMOS_COMPONENTS_HELMFILE_COMMAND", `${HELMFILE}.command`, "text"],
  ["ATMOS_COMPONENTS_HELMFILE_BASE_PATH", `${HELMFILE}.base_path`, "text"],
  ["ATMOS_COMPONENTS_HELMFILE_USE_EKS", `${HELMFILE}.use_eks`, "plain"],
  ["ATMOS_COMPONENTS_HELMFILE_KUBECONFIG_PATH", `${HELMFILE}.kubeconfig_path`, "text"],
  ["ATMOS_COMPONENTS_HELMFILE_HELM_AWS_PROFILE_PATTERN", `${HELMFILE}.helm_aws_profile_pattern`, "text"],
  ["ATMOS_COMPONENTS_HELMFILE_CLUSTER_NAME_PATTERN", `${HELMFILE}.cluster_name_pattern`, "text"],
  ["ATMOS_COMPONENTS_PACKER_COMMAND", "components.packer.command", "text"],
  ["ATMOS_COMPONENTS_PACKER_BASE_PATH", "components.packer.base_path", "text"],
  ["ATMOS_COMPONENTS_ANSIBLE_COMMAND", "components.ansible.command", "text"],
  ["ATMOS_COMPONENTS_ANSIBLE_BASE_PATH", "components.ansible.base_path", "text"],
  ["ATMOS_WORKFLOWS_BASE_PATH", "workflows.base_path", "text"],
  ["ATMOS_SETTINGS_LIST_MERGE_STRATEGY", "settings.list_merge_strategy", "text"],
  ["ATMOS_LOGS_LEVEL", "logs.level", "text"],
  ["ATMOS_LOGS_FILE", "logs.file", "text"],
  ["ATMOS_AUTH_REALM", "auth.realm", "text"],
  ["ATMOS_KEYRING_TYPE", "auth.keyring.type", "text"],
  ["ATMOS_KEYRING_FILE_PATH", "auth.keyring.spec.path", "text"],
];

/** The configuration with the variables of {@link OVERRIDES} laid over it. Permission: env. */
export function overrideFromEnv(host: Needs<"env">, root: LocatedMap): LocatedMap {
  return OVERRIDES.reduce((under, [name, path, reading]) => {
    const variable = findVariable(host, { root, name });
    return variable === undefined ? under : mergeMaps(under, nest(path.split("."), readVariable(variable, reading)));
  }, root);
}

function readVariable({ text, place, fetched }: Variable, reading: Reading): Located {
  const mark = fetched === undefined ? {} : { fetched };
  if (reading === "text") return { ...makeText(text, place), ...mark };
  if (reading === "plain") return { kind: "scalar", place, value: plainValue(text), text, ...mark };
  const items = parseCommaList(text).map((item) => item.trim()).filter((item) => item !== "");
  return { kind: "list", place, items: items.map((item) => ({ ...makeText(item, place), ...mark })) };
}

function nest(names: readonly string[], value: Located): LocatedMap {
  const place: FilePosition = value.place;
  const [name, ...rest] = names;
  return makeMap([[name!, { key: place, value: rest.length === 0 ? value : nest(rest, value) }]], place);
}
