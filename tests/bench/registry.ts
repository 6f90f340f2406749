import type { Bench } from "./row.ts";

/** A new benchmark is one file that exports `bench`, and one line here. */
export const BENCHES: Readonly<Record<string, () => Promise<{ readonly bench: Bench }>>> = {
  "start-up": () => import("./start_up.ts"),
  "dry-run": () => import("./dry_run.ts"),
  "fleet": () => import("./fleet.ts"),
  "growth": () => import("./growth.ts"),
  "growth-renames": () => import("./growth_renames.ts"),
  "login-clusters": () => import("./login_clusters.ts"),
  "memory": () => import("./memory.ts"),
  "stacks": () => import("./stacks.ts"),
  "token": () => import("./token.ts"),
  "token-identity": () => import("./token_identity.ts"),
  "write-big": () => import("./write_big.ts"),
};
