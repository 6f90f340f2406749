import { printable } from "../../output/printable.ts";
import type { Branch } from "./branch_lines.ts";
import { cut } from "./cut.ts";

/** A mapping of the configuration as branches: `name: AdministratorAccess`. */
export function dataBranches(data: unknown): readonly Branch[] {
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).map(([key, value]) => dataBranch(printable(key), value));
}

export function dataBranch(label: string, value: unknown): Branch {
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) {
    return { label: `${label}: ${cut(printable(value.join(", ")))}`, branches: [] };
  }
  if (typeof value === "object") return { label, branches: dataBranches(value) };
  return { label: `${label}: ${cut(printable(String(value)))}`, branches: [] };
}
