import { placeAt } from "../../formats/text/position.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { isNull, resolved, valueOf, type YamlText } from "../../formats/yaml/node.ts";
import { textOf } from "../../formats/yaml/value.ts";

/** What a kubeconfig says it is, where it says anything. https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ */
const SAYS = { apiVersion: "v1", kind: "Config" } as const;
const DIRECTIVE = /^\uFEFF?(?:[ \t]*(?:#.*)?\r?\n|%(?!YAML).*\r?\n)*%YAML[ \t]+(\S+)/;

/** Refuses (YamlError) a file that is something else than a kubeconfig: kubectl would not read it either. */
export function refuseForeign(text: YamlText): void {
  const { source, root } = text;
  const version = DIRECTIVE.exec(source);
  if (version !== null && version[1] !== "1.1") {
    const at = version[0].length - version[1]!.length;
    throw new YamlError(`kubectl reads YAML 1.1, this says ${version[1]}`, placeAt(source, at));
  }
  const tab = root === undefined ? /^ *\t/m.exec(source) : null;
  if (tab !== null) throw new YamlError("a tab, which kubectl does not take for space", placeAt(source, tab.index));
  for (const [key, only] of Object.entries(SAYS)) {
    const node = valueOf(root, key);
    if (node === undefined || isNull(resolved(node))) continue;
    const said = textOf(node);
    if (said === only || said === "") continue;
    throw new YamlError(`${key} is ${said ?? "not text"}, a kubeconfig has ${only}`, placeAt(source, node.start));
  }
}
