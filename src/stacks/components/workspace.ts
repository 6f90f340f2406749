import type { LocatedScalar } from "../../config/values/located.ts";
import { textAt, valueAt } from "../../config/values/look_up.ts";
import { type Component, madeText, metadataScalar } from "./component.ts";

/**
 * Returns the workspace of terraform in which the component's state is: as its metadata says, else the stack's name,
 * with the component's where another component may be of the same code. A template of a workspace is as written.
 * https://atmos.tools/components/terraform/workspaces
 */
export function workspaceOf(component: Component, stackName: LocatedScalar): LocatedScalar {
  if (!hasWorkspaces(component)) return madeText("default", stackName);
  const template = workspaceTemplate(component);
  if (template !== undefined) return template;
  const pattern = metadataScalar(component, "terraform_workspace_pattern");
  const said = pattern === undefined ? metadataScalar(component, "terraform_workspace") : replaced(component, pattern);
  return plainWorkspace(said ?? ofStack(component, stackName));
}

/** Returns the name of a workspace as terraform is told it. */
export function plainWorkspace(value: LocatedScalar): LocatedScalar {
  return madeText(value.text.replaceAll("/", "-"), value);
}

/** Returns the template of the workspace's name, which is rendered whatever atmos.yaml says of templates. */
export function workspaceTemplate(component: Component): LocatedScalar | undefined {
  return hasWorkspaces(component) ? metadataScalar(component, "terraform_workspace_template") : undefined;
}

function hasWorkspaces(component: Component): boolean {
  const type = component.part("backend_type")?.value;
  const isHttp = type?.kind === "scalar" && type.text === "http";
  return component.settings.hasWorkspaces && !isHttp;
}

function ofStack({ name, source, sourceFetched }: Component, stackName: LocatedScalar): LocatedScalar {
  if (source === name) return stackName;
  const fetched = stackName.fetched ?? sourceFetched;
  return madeText(`${stackName.text}-${name}`, { place: stackName.place, ...(fetched && { fetched }) });
}

const VARIABLES: readonly string[] = ["namespace", "tenant", "environment", "region", "stage"];

/** `{tenant}-{component}`: what is not there is empty, what is no such word stays. */
function replaced(component: Component, pattern: LocatedScalar): LocatedScalar {
  const { name, source, sourceFetched } = component;
  const vars = component.part("vars")?.value;
  let { fetched } = pattern;
  const text = pattern.text.replace(/\{([\w-]+)\}/g, (whole, word: string) => {
    if (word === "component") return name;
    if (word === "base-component") {
      fetched ??= sourceFetched;
      return source === name ? "" : source;
    }
    const value = vars && valueAt(vars, [word]);
    if (word !== "attributes" && !VARIABLES.includes(word)) return whole;
    fetched ??= value?.fetched;
    if (value?.kind === "list") return value.items.map((item) => (item.kind === "scalar" ? item.text : "")).join("-");
    return (vars && textAt(vars, [word])) ?? "";
  });
  return madeText(text, { place: pattern.place, ...(fetched && { fetched }) });
}
