import { placeAt } from "../../formats/text/position.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { KUBECONFIG } from "./field_types.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import { findTypeFaults, type TypeFault } from "./type_faults.ts";

/**
 * Refuses (YamlError) an edit after which kubectl would not read the file, whatever program wrote it so: for one
 * such value kubectl refuses the whole file, and with it our entries. What the edit itself sets right is no obstacle. The
 * place is that in the old text.
 */
export function refuseUnreadable(before: Kubeconfig, after: Kubeconfig): void {
  const old = listFaults(before);
  const fault = old.length === 0 ? undefined : listFaults(after)[0];
  if (fault === undefined) return;
  const { node, found } = old.find((one) => one.node === fault.node) ?? old.find((one) => one.found === fault.found) ??
    fault;
  throw new YamlError(found, placeAt(before.text.source, node.start));
}

/** Throws the YamlError of the first value for which kubectl does not read a file. */
export function refuseUnreadableFile(config: Kubeconfig): void {
  const [fault] = listFaults(config);
  if (fault !== undefined) throw new YamlError(fault.found, placeAt(config.text.source, fault.node.start));
}

function listFaults({ text: { root } }: Kubeconfig): readonly TypeFault[] {
  return root === undefined ? [] : findTypeFaults(root, KUBECONFIG);
}
