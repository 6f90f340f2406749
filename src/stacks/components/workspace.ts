import type { LocatedScalar } from "../../config/values/located.ts";
import { fetchedOfParts } from "../../config/values/make_located.ts";
import { type Component, joinText, metadataScalar } from "./component.ts";
import { replaceTokens } from "./name_tokens.ts";

/**
 * Returns the workspace of terraform in which the component's state is: as its metadata says, else the stack's name,
 * with the component's where another component may be of the same code. A template of a workspace is as written.
 * https://atmos.tools/components/terraform/workspaces
 */
export function resolveWorkspace(component: Component, stackName: LocatedScalar): LocatedScalar {
  if (!hasWorkspaces(component)) return joinText("default", stackName);
  const template = workspaceTemplate(component);
  if (template !== undefined) return template;
  const pattern = metadataScalar(component, "terraform_workspace_pattern");
  const said = pattern === undefined
    ? metadataScalar(component, "terraform_workspace")
    : replaceAll(component, pattern);
  return plainWorkspace(said ?? ofStack(component, stackName));
}

/** Returns the name of a workspace as terraform is told it. */
export function plainWorkspace(value: LocatedScalar): LocatedScalar {
  return joinText(value.text.replaceAll("/", "-"), value);
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
  const { text, place, fetched } = stackName;
  return joinText(`${text}-${name}`, { place, ...fetchedOfParts([fetched, sourceFetched]) });
}

function replaceAll(component: Component, pattern: LocatedScalar): LocatedScalar {
  const { name, source, sourceFetched } = component;
  const words = {
    "component": { text: name, fetched: component.nameFetched },
    "base-component": { text: source === name ? "" : source, fetched: sourceFetched },
  };
  return replaceTokens({ vars: component.part("vars")?.value, pattern, words });
}
