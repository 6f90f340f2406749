import { EXIT_STATUS } from "../../src/errors.ts";
import { code, markdownTable } from "./markdown.ts";

/** One row per exit status, with the error codes that end in it. */
export function exitCodeTable(): string {
  const codes = Object.entries(EXIT_STATUS);
  const statuses = [...new Set(codes.map(([, status]) => status))].sort((a, b) => a - b);
  const rows = statuses.map((status) => [
    String(status),
    codes.filter(([, own]) => own === status).map(([name]) => code(name)).join(", "),
  ]);
  return markdownTable(["status", "errors"], [["0", "success"], ...rows]);
}
