import type { Needs, Net } from "../../host/host.ts";
import type { Globals } from "../args/global_flags.ts";
import { maySpin, spinning } from "./spinning.ts";

type PatientHost = Needs<"net" | "terminal" | "env" | "sys">;

/** The same host, whose terminal shows while an answer from the network is waited for. */
export function patient<H extends PatientHost>(host: H, globals: Pick<Globals, "no-color">): H {
  if (!maySpin(host, globals)) return host;
  const net: Net = {
    fetch: (request) => spinning(host, { text: "Waiting for AWS", work: () => host.net.fetch(request) }),
  };
  return { ...host, net };
}
