import { AppError } from "../../errors.ts";
import type { FilePlace } from "../values/located.ts";
import { isTrustedPlace, type PlaceHost } from "./trusted_places.ts";
import { type Content, isTrusted, wasTrusted } from "./trust_list.ts";

/** "refuse" throws for what is not trusted, "note" only remembers it and lets nothing run, "accept" takes everything. */
export type TrustMode = "refuse" | "note" | "accept";

/** A file that is used only when it is trusted, and what it wants to do. */
export interface UntrustedFile {
  readonly path: string;
  readonly reason: string;
}

interface TrustGateInput {
  readonly mode: TrustMode;
  /** What to type to look at the same configuration and trust it. */
  readonly command: () => string;
}

/** Lets configuration from the working tree run commands or write outside HOME only after a person said so. */
export class TrustGate {
  /** What "note" found; a file with two reasons is there twice. */
  readonly refused: UntrustedFile[] = [];
  readonly #host: PlaceHost;
  readonly #mode: TrustMode;
  readonly #command: () => string;
  readonly #known = new Map<string, Content>();

  constructor(host: PlaceHost, { mode, command }: TrustGateInput) {
    this.#host = host;
    this.#command = command;
    this.#mode = mode === "refuse" && /^(?:1|true)$/i.test(host.env.get("ATMOS_TRUST") ?? "") ? "accept" : mode;
  }

  /** Notes a file that was read. */
  remember({ path, bytes }: Content): void {
    this.#known.set(path, { path, bytes });
  }

  /** Whether a file that was read may do what it says at that place. AppError "config-invalid" when not, and the mode is "refuse". */
  async admit(place: FilePlace, reason: string): Promise<boolean> {
    const path = place.file;
    const known = this.#known.get(path);
    const mayRun = this.#mode !== "note";
    if (known === undefined || this.#mode === "accept" || isTrustedPlace(this.#host, path)) return mayRun;
    if (await isTrusted(this.#host, known)) return mayRun;
    if (mayRun) throw untrusted({ place, reason, isChanged: wasTrusted(this.#host, path), command: this.#command() });
    this.refused.push({ path, reason });
    return false;
  }
}

interface Refusal {
  readonly place: FilePlace;
  readonly reason: string;
  /** Since it was trusted. */
  readonly isChanged: boolean;
  readonly command: string;
}

function untrusted({ place, reason, isChanged, command }: Refusal): AppError {
  const found = `${reason}, and you have not trusted it${isChanged ? " as it is now: it has changed since" : ""}`;
  return new AppError("config-invalid", `Cannot use configuration "${place.file}": ${found}`, {
    hint: `Read the file, then: ${command}\nIn CI: set ATMOS_TRUST=1`,
    place,
    facts: { untrusted: true },
  });
}
